/** The exact gates, curtailed and sequential, against the plain rule: false accepts, true accepts, calls. */
import { percent } from './figures.ts';
import { gateSimulation } from './gate.ts';

export const title = 'Acceptance rules on invented outcomes, H_v = 0.1, level 0.05, 2,000 trials each';

export function run(): Record<string, string | number>[] {
  return gateSimulation(1, 2000).map(({ n, change, gain, rule, accepted, cost, known }) => ({
    n,
    'answers changed': percent(change),
    'true gain': percent(gain),
    rule,
    accepted: percent(accepted),
    'calls / n': cost.toFixed(2),
    'incumbent known on / n': known.toFixed(2),
  }));
}
