/**
 * Runs the benchmarks: `npm run bench` all of them, `npm run bench -- NAME` one. Each is a module in `bench/` that
 * exports `run()` and returns rows; this prints them, writes bench/results.json and renews the table in the README.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';
import { withSpeedTable } from './bench-table.mjs';

const folder = path.resolve('bench');
const resultsFile = path.join(folder, 'results.json');
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown[0]}". There are: ${all.join(', ')}.`);
  process.exit(1);
}

function earlier() {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return {}; // first time
  }
}

/** At once, and beside what is there by then: another benchmark may have been run meanwhile. */
function keep(name, result) {
  const results = { ...earlier(), [name]: result };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  const readme = readFileSync('README.md', 'utf8');
  if (results.speed) writeFileSync('README.md', withSpeedTable(readme, results.speed.rows));
}

for (const name of asked.length > 0 ? asked : all) {
  const started = Date.now();
  const { module } = await runnerImport(path.join(folder, `${name}.bench.ts`));
  console.log(`\n${module.title}\n`);
  const rows = await module.run();
  console.table(rows);
  for (const note of module.notes ?? []) console.log(note);
  console.log(`(${Math.round((Date.now() - started) / 1000)} s)`);
  keep(name, { title: module.title, rows });
}
