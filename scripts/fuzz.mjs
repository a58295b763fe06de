/**
 * The fuzz tests at length: 100,000 cases each, or as many as the first argument says; the second is the seed.
 * The other property tests run with that seed too.
 */
import { spawnSync } from 'node:child_process';

const [runs = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${runs} cases per property, seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
});
process.exitCode = status ?? 1;
