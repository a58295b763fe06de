import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/csp.mjs';
import { offlineWorker } from './scripts/offline.mjs';

/** How long the bundler's own plugins took says nothing to whoever builds the app. */
const quiet = { checks: { pluginTimings: false } };

const port = Number(process.env['PORT'] ?? 4173);

export default defineConfig({
  base: './', // the app works under any sub-path, GitHub Pages among them
  plugins: [svelte(), contentSecurityPolicy(), offlineWorker()],
  // With the default format (iife) both engines would be inlined into one 6 MB worker.
  worker: { format: 'es', rolldownOptions: quiet },
  build: {
    target: 'es2023',
    reportCompressedSize: false, // scripts/size.mjs tells what a visitor loads
    modulePreload: { polyfill: false },
    rolldownOptions: quiet,
    chunkSizeWarningLimit: 7000, // the WebLLM chunk, loaded only when a WebGPU model is
  },
  preview: { port, strictPort: true, host: process.env['HOST'] ?? 'localhost' },
});
