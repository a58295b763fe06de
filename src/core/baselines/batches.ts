/** Batches of examples without end: every epoch in a new order; an epoch's last batch is filled from the next. */
import type { Random } from '../random.ts';
import type { Example } from '../types.ts';

export function createBatches(examples: readonly Example[], size: number, random: Random): () => Example[] {
  const most = Math.min(size, examples.length);
  let waiting: Example[] = [];
  return () => {
    const batch = waiting.splice(0, most);
    if (batch.length < most) {
      const inBatch = new Set(batch);
      const epoch = random.shuffle(examples);
      const filling = epoch.filter((example) => !inBatch.has(example)).slice(0, most - batch.length);
      waiting = epoch.filter((example) => !filling.includes(example));
      batch.push(...filling);
    }
    return batch;
  };
}
