/**
 * The test command: type checks, lint, then every test project. Prints one closing line with the sum of all tests,
 * and exits with 1 when anything failed. Stages go on after a failure, so that one run tells everything.
 */
import { spawnSync } from 'node:child_process';
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

function stage(title, command, args) {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: environment });
  console.log(
    `── ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return status === 0;
}

/** A check without tests of its own counts as one. */
function check(title, script) {
  if (stage(title, 'npm', ['run', '--silent', script])) counts.passed += 1;
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

check('types', 'check');
check('lint', 'lint');
project('unit');
check('build', 'build');
project('browser');
project('e2e');

for (const failure of failures) console.log(`\nFAILED ${failure}`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed === 0 ? 0 : 1;
