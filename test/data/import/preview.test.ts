import { describe, expect, it } from 'vitest';
import { previewImport } from '../../../src/data/import/preview.ts';
import { readTable } from '../../../src/data/import/read-table.ts';

async function messageFor(text: string): Promise<string> {
  const table = await readTable({ name: 'data.csv', text });
  try {
    previewImport(table);
  } catch (thrown) {
    return String(thrown);
  }
  return 'shown';
}

describe('the preview of a file without a usable row', () => {
  it('is refused with the first broken row', async () => {
    expect(await messageFor('input,target\n"What is 1 plus 1?,2\nWhat is 2 plus 2?,4\n')).toMatch(
      /“data\.csv” has no row that can be used\. In row 2: A quotation mark is opened and never closed\. Correct it/,
    );
  });

  it('is a preview as soon as one row is left', async () => {
    expect(await messageFor('input,target\na,1\n"b,2\n')).toBe('shown');
  });
});
