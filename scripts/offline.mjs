/** Vite plugin: writes the service worker (`offline.js`) with the list of the files that were built. */
import { readFileSync } from 'node:fs';

/** Megabytes that most visits never need: kept once they are used. */
const isEngine = (file) => file.endsWith('.wasm') || file.includes('webllm-engine');

export function offlineWorker() {
  return {
    name: 'offline-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((file) => !file.endsWith('.html'));
      const files = ['favicon.svg', ...built.filter((file) => !isEngine(file))];
      const lists = `const files = ${JSON.stringify(files)};\nconst engines = ${JSON.stringify(built.filter(isEngine))};\n`;
      const worker = readFileSync(new URL('./offline-worker.js', import.meta.url), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: lists + worker });
    },
  };
}
