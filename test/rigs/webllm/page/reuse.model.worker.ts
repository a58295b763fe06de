/** The checks and the bench of prefix reuse and of batches: in a worker of their own, for they need the engine's own methods. */
import { expose } from 'comlink';
import { batchChecks } from './batch-checks.ts';
import { bench } from './bench.ts';
import { choiceChecks } from './choice-checks.ts';
import { reuseChecks } from './reuse-checks.ts';
import { load } from './reuse-rig.ts';

const all: Record<string, () => Promise<unknown>> = { ...reuseChecks, ...batchChecks, ...choiceChecks };
const api = {
  load,
  run(name: string) {
    const check = all[name];
    if (!check) throw new Error(`there is no check "${name}"`);
    return check();
  },
  bench,
};
export type ReuseRig = typeof api;
expose(api);
