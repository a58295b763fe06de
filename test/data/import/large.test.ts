import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { readTable } from '../../../src/data/import/read-table.ts';
import { build } from './help.ts';

it('reads 100,000 rows; how fast is measured by npm run bench', async () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => [
    `Is ${i} an even number, "yes" or no?`,
    i % 2 === 0 ? 'yes' : 'no',
  ]);
  const text = Papa.unparse([['question', 'answer'], ...rows]);
  const { dataset } = build(await readTable({ name: 'big.csv', text }), 'stop');
  expect(dataset.examples).toHaveLength(100_000);
});
