import { describe, expect, it, vi } from 'vitest';
import { deleteDataset } from '../../src/workers/delete-dataset.ts';

function storesWith({ runs = 0, experiments = 0, isDamaged = false }) {
  const remove = vi.fn(() => Promise.resolve());
  const stores = {
    datasets: { isDamaged: () => Promise.resolve(isDamaged), delete: remove },
    stored: { usesOf: () => Promise.resolve(runs) },
    experiments: { usesOf: () => Promise.resolve(experiments) },
  };
  return { remove, stores };
}

describe('deleting a dataset', () => {
  it.each([
    [1, '1 run in the history needs this dataset. Delete that run first.'],
    [3, '3 runs in the history need this dataset. Delete those runs first.'],
  ])('is refused while %i runs need it', async (runs, message) => {
    const { remove, stores } = storesWith({ runs });
    await expect(deleteDataset('d', stores)).rejects.toMatchObject({ code: 'busy', message });
    expect(remove).not.toHaveBeenCalled();
  });

  it('is refused while an experiment needs it', async () => {
    const { remove, stores } = storesWith({ experiments: 1 });
    await expect(deleteDataset('d', stores)).rejects.toThrow(/An experiment in the Lab/);
    expect(remove).not.toHaveBeenCalled();
  });

  it.each([{}, { isDamaged: true, runs: 2 }])('is done where nothing can use it: %j', async (given) => {
    const { remove, stores } = storesWith(given);
    await deleteDataset('d', stores);
    expect(remove).toHaveBeenCalledWith('d');
  });
});
