import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './scripts/chromium.mjs';

/**
 * Three projects, by what they need: pure code in Node, workers and IndexedDB in a real Chromium,
 * and the built app driven like a user (test/e2e starts a server on `dist/`).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          maxWorkers: '100%', // one core is left idle by default, which of two is half
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**', 'test/rigs/**'],
          environment: 'node',
          setupFiles: ['test/fixtures/property-seed.ts'],
          // A busy machine is no fault: only what would never end is stopped.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [svelte()],
        worker: { format: 'es' },
        // Named up front: what Vite would find only while the tests run makes it reload them in the middle.
        optimizeDeps: {
          include: [
            '@wllama/wllama/esm/index.js',
            'axe-core',
            'comlink',
            'd3-scale',
            'd3-shape',
            'diff',
            'fflate',
            'hyparquet',
            'hyparquet-compressors',
            'idb',
            'papaparse',
            'yaml',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } }, // a second, as it is by default, is too short where the machine is busy
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumFlags },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
