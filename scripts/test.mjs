/**
 * The test command: type checks, lint, then every test project. Prints one closing line with the sum of all tests,
 * and exits with 1 when anything failed. Stages go on after a failure, so that one run tells everything.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';

const output = path.resolve('test/.output');
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

const environment = { ...process.env, CHROMIUM_PATH: ensureChromium() };
const counts = { passed: 0, failed: 0, skipped: 0 };
/** What failed, told again at the end: a log may be read from there only. */
const failures = [];

function tellEnd(title, isFine, started) {
  console.log(
    `── ${title}: ${isFine ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
}

function stage(title, command, args) {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: environment });
  tellEnd(title, status === 0, started);
  return status === 0;
}

/** A check without tests of its own counts as one. What it prints is kept together: others run beside it. */
async function check(title, script) {
  const started = Date.now();
  const child = spawn('npm', ['run', '--silent', script], { env: environment });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => printed.push(part));
  const status = await new Promise((resolve) => child.on('close', resolve));
  console.log(`\n── ${title}\n${Buffer.concat(printed).toString()}`.trimEnd());
  tellEnd(title, status === 0, started);
  if (status === 0) counts.passed += 1;
  else fail(title);
}

function fail(text) {
  counts.failed += 1;
  failures.push(text);
}

function addTest(file, { status, fullName, failureMessages }) {
  if (status === 'failed')
    failures.push(`${file}: ${fullName}\n    ${failureMessages.join('\n').slice(0, 600)}`);
}

function addReport(file, isFine) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests;
    counts.skipped += report.numPendingTests + report.numTodoTests;
    for (const { name, assertionResults } of report.testResults) {
      for (const result of assertionResults) addTest(path.relative('.', name), result);
    }
    if (!isFine && report.numFailedTests === 0)
      fail(`${file}: a test file could not be loaded, or an error escaped`);
  } catch (error) {
    fail(`No report of the tests in ${file}: ${error.message}`);
  }
}

function project(name) {
  const file = path.join(output, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const isFine = stage(`tests: ${name}`, 'npx', ['vitest', 'run', '--project', name, ...reporters]);
  addReport(file, isFine);
}

console.log('\n── types, lint and build, side by side');
await Promise.all([check('types', 'check'), check('lint', 'lint'), check('build', 'build')]);
project('unit');
project('browser');
project('e2e');

for (const failure of failures) console.log(`\nFAILED ${failure}`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed === 0 ? 0 : 1;
