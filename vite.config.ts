import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/csp.mjs';
import { offlineWorker } from './scripts/offline.mjs';

const port = Number(process.env['PORT'] ?? 4173);

export default defineConfig({
  base: './', // the app works under any sub-path, GitHub Pages among them
  plugins: [svelte(), contentSecurityPolicy(), offlineWorker()],
  worker: { format: 'es' }, // with the default (iife) both engines would be inlined into one 6 MB worker
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 7000, // the WebLLM chunk, loaded only when a WebGPU model is
  },
  preview: { port, strictPort: true, host: process.env['HOST'] ?? 'localhost' },
});
