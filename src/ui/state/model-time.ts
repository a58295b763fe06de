/** The time of a run's model, in words. The simulated model counts what a real one would take, and nobody waits for it. */
import type { ModelSpec } from '../../models/spec.ts';
import { duration } from '../format.ts';

export function modelTimeTitle({ engine }: ModelSpec): string {
  return engine === 'simulated' ? 'Simulated model time' : 'Model time';
}

/** “9 min of model time” */
export function modelTimeInWords(ms: number, spec: ModelSpec): string {
  return `${duration(ms)} of ${modelTimeTitle(spec).toLowerCase()}`;
}
