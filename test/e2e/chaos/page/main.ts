/** The page of the chaos test: it can kill its worker, and the driver can kill the page. */
import { wrap } from 'comlink';
import type { ChaosApi } from './kill.ts';

function startWorker(): Worker {
  return new Worker(new URL('./harness.worker.ts', import.meta.url), { type: 'module' });
}

let worker = startWorker();
let api = wrap<ChaosApi>(worker);

const chaos: ChaosApi & { killWorker(): void } = {
  arm: (kill) => api.arm(kill),
  start: (config) => api.start(config),
  resume: (id) => api.resume(id),
  ended: (id) => api.ended(id),
  asked: () => api.asked(),
  killWorker() {
    worker.terminate();
    worker = startWorker();
    api = wrap<ChaosApi>(worker);
  },
};
export type ChaosPage = typeof chaos;
Object.assign(globalThis, { chaos });
