/** The chaos test at length: 50 kills, or as many as the first argument says; the second is the seed. */
import { spawnSync } from 'node:child_process';
import { ensureChromium } from './chromium.mjs';

const [kills = '50', seed = '1'] = process.argv.slice(2);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'e2e', 'test/e2e/chaos.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM_PATH: ensureChromium(), CHAOS_KILLS: kills, CHAOS_SEED: seed },
});
process.exitCode = status ?? 1;
