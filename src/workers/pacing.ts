import type { RunConfig } from '../storage/run-record.ts';

/** A demonstration keeps its pace where an earlier run has asked the same: the simulated model answers at once then. */
export function pacing({ taskModel, optimizerModel }: RunConfig): () => Promise<void> {
  const paces = [taskModel, optimizerModel ?? taskModel].map((spec) =>
    spec.engine === 'simulated' ? (spec.paceMs ?? 0) : 0,
  );
  const ms = Math.max(...paces);
  return () => (ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms)));
}
