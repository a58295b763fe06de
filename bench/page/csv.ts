/** A file of 100,000 rows: from its text to a dataset, against the bare parser on the same text. */
import Papa from 'papaparse';
import { buildDataset } from '../../src/data/import/build-dataset.ts';
import { previewImport } from '../../src/data/import/preview.ts';
import { readTable } from '../../src/data/import/read-table.ts';

export interface ImportRound {
  readonly importMs: number;
  readonly parseMs: number;
  readonly examples: number;
}

function csvOf(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, index) =>
      `"Order ${index}: the customer writes, ""it came late"", and asks about item ${(index * 7919) % rows}.",${index % 3 === 0 ? 'complaint' : 'question'}`,
  );
  return ['text,label', ...lines].join('\n');
}

/** As the import worker does it: read, look at the columns, build. */
async function importAll(text: string): Promise<number> {
  const table = await readTable({ name: 'bench.csv', text });
  const { mapping } = previewImport(table);
  if (!mapping) throw new Error('The columns of the generated file were not recognized.');
  const named = {
    id: 'bench',
    name: 'bench',
    createdAt: 0,
    source: { kind: 'pasted', format: 'csv' },
  } as const;
  return buildDataset(table, mapping, { ...named, onProblem: 'skip' }).dataset.examples.length;
}

export async function measureImport(rows: number, rounds: number): Promise<ImportRound[]> {
  const text = csvOf(rows);
  const measured: ImportRound[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    Papa.parse<string[]>(text, { delimiter: ',' });
    const parsed = performance.now();
    const examples = await importAll(text);
    measured.push({ parseMs: parsed - start, importMs: performance.now() - parsed, examples });
  }
  return measured.slice(1);
}
