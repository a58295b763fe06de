import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../../src/core/types.ts';
import { toCsv, toJsonLines } from '../../../src/data/export/example-table.ts';
import { toMarkdown } from '../../../src/data/export/markdown.ts';
import { scoredRows } from '../../../src/data/export/scored-rows.ts';
import { guardFormula, unguardFormula } from '../../../src/data/formula-guard.ts';
import { readPromptFile } from '../../../src/data/import/prompt-file.ts';
import { readTable } from '../../../src/data/import/read-table.ts';
import { finishedLog, sampleDataset, sampleReport } from '../../ui/sample-run.ts';
import { build, failureOf, fileOf } from '../import/help.ts';
import { outcomeOf, resultWith, rowOf } from './sample-result.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const awkward: readonly Example[] = [
  { id: 'a', input: 'plain, "quoted"\nand on two lines', target: 'x' },
  { id: 'b', input: '=HYPERLINK("http://evil","click")', target: '-5' },
  { id: 'c', input: '@SUM(1)', target: '+3', alternatives: ['three', '=3'] },
  { id: 'd', input: '  spaces  ', target: "'=already guarded" },
  { id: 'e', input: '🙂\u2028 ünï', target: 'y', alternatives: ['a, b', 'c'] },
];
const imported = async (name: string, text: string): Promise<[string, string, readonly string[]][]> => {
  const { dataset } = build(await readTable(fileOf(name, text)));
  return dataset.examples.map(({ input, target, alternatives = [] }) => [input.trim(), target, alternatives]);
};
const expected = awkward.map(({ input, target, alternatives = [] }) => [input.trim(), target, alternatives]);

describe('the table of examples', () => {
  const result = resultWith({ examples: awkward });

  it('as CSV is imported again with the same examples', async () => {
    expect(await imported('examples.csv', toCsv(result))).toEqual(expected);
  });

  it('as JSON Lines is imported again with the same examples', async () => {
    expect(await imported('examples.jsonl', toJsonLines(result))).toEqual(expected);
  });

  it('has no cell that a spreadsheet would run, replies of the model included', async () => {
    const [example] = awkward;
    if (!example) throw new Error('no example');
    const hostile = outcomeOf(example.id, false, '=cmd|calc');
    const csv = toCsv({
      ...result,
      rows: [rowOf(example, { best: hostile }), ...awkward.map((row) => rowOf(row))],
    });
    const table = await readTable(fileOf('x.csv', csv.replaceAll("'", '’')));
    const cells = table.rows.flatMap(({ cells: row }) => row).map(String);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(csv).toContain("'=cmd|calc");
  });

  it('tells what start and best did on each example of a run', () => {
    const report = sampleReport();
    const { events } = finishedLog(report);
    const parts = { train: 't', validation: 'v', test: 'x' } as const;
    const part = (letter: string) => sampleDataset.examples.filter(({ id }) => id.startsWith(letter));
    const splits = { train: [], validation: part(parts.validation), test: [] };
    const rows = scoredRows(splits, report, events);
    const right = (side: 'start' | 'best') => rows.filter((row) => row[side]?.correct).length;
    expect([rows.length, right('start'), right('best')]).toEqual([50, 24, 36]);
  });
});

describe('a guarded cell', () => {
  it('gives back any text, and never begins like a formula', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '-', '@', '\t', 'a') }));
    fc.assert(
      fc.property(text, (cell) => {
        expect(unguardFormula(guardFormula(cell))).toBe(cell);
        expect(guardFormula(cell)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe('the prompt as Markdown', () => {
  it.each(['Think.\nAnswer.', 'Has ```fences``` and\n````\nmore````\n', '  spaces \n\n', '# Heading\n<b>&'])(
    'is read back to the letter with its fingerprint: %j',
    (prompt) => {
      const markdown = toMarkdown(resultWith({ prompt, more: { fingerprint: sha256(prompt) } }));
      expect(readPromptFile('x.md', markdown)).toEqual({ text: prompt, fingerprint: sha256(prompt) });
    },
  );

  it('keeps a hostile name and hostile facts from being markup', () => {
    const more = {
      name: 'x\n# y <script>',
      provenance: [{ label: 'Task', value: '`a` | [b](javascript:c)' }],
    };
    const markdown = toMarkdown(resultWith({ prompt: 'p', more }));
    expect(markdown.split('\n')[0]).toBe('# x \\# y \\<script\\>');
    expect(markdown).toContain('- Task: \\`a\\` \\| \\[b\\](javascript:c)');
  });
});

describe('a prompt file', () => {
  it('that is plain text is the prompt to the letter, with the fingerprint of its name', () => {
    const text = ' Think.\r\n\n';
    const name = `dates-prompt-sha256-${sha256(text).slice(0, 12)}.txt`;
    expect(readPromptFile(name, text)).toEqual({ text, fingerprint: sha256(text).slice(0, 12) });
    expect(readPromptFile('mine.txt', text)).toEqual({ text, fingerprint: null });
  });

  it.each([
    ['nothing', ' \n'],
    ['bytes', 'a\0b'],
    ['a book', 'x'.repeat(1_000_001)],
  ])('with %s is refused', async (_, text) => {
    const failure = await failureOf(Promise.resolve().then(() => readPromptFile('p.txt', text)));
    expect(failure).toMatchObject({ code: 'file-refused', place: { file: 'p.txt' } });
  });
});
