import { generateBuiltIn } from '../../../src/data/built-in/index.ts';
import type { Subject } from '../../../src/models/conformance/check.ts';
import { engines } from '../../../src/models/engines.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import type { SimulatedSpec } from '../../../src/models/spec.ts';
import { conformance } from './suite.ts';

const dataset = { ...generateBuiltIn('dates', 1), createdAt: 0 };
const questions = dataset.examples.slice(0, 9).map(({ input }) => input);

async function load(skill: SimulatedSpec['skill'], paceMs: number): Promise<Subject> {
  const signal = new AbortController().signal;
  const context = { world: worldOf(dataset), onProgress: () => undefined, signal };
  const loaded = await engines.simulated.load({ engine: 'simulated', skill, paceMs }, context);
  return { model: loaded.model, unload: () => loaded.unload(), questions };
}

conformance('The simulated model', () => load('middling', 0), { skipped: ['cancel-under-way'] });
conformance('The simulated model at a pace that can be watched', () => load('strong', 60));
