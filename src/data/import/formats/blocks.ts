/** Questions and answers as people type them: `Q: …` and `A: …` in turns, or other names for the two sides. */
import { INPUT_NAMES, TARGET_NAMES } from '../columns.ts';
import type { RawTable } from '../raw-table.ts';
import { firstLines } from './lines.ts';
import { TableBuilder } from './records.ts';

const LABEL = /^([\p{L}]{1,20})\s?:\s*(.*)$/u;

type Side = 'input' | 'target';

function sideOf(label: string): Side | null {
  const name = label.toLowerCase();
  if (name === 'q' || INPUT_NAMES.includes(name)) return 'input';
  return name === 'a' || TARGET_NAMES.includes(name) ? 'target' : null;
}

function labelled(line: string): { readonly side: Side; readonly text: string } | null {
  const [, label = '', text = ''] = LABEL.exec(line.trim()) ?? [];
  const side = sideOf(label);
  return side === null ? null : { side, text };
}

/** At least two questions, each with its answer; lines without a label go on with what is before them. */
export function areBlocks(text: string): boolean {
  const sides = firstLines(text, 40).map((line) => labelled(line)?.side ?? null);
  const named = sides.filter((side) => side !== null);
  const inTurns = named.every((side, index) => side === (index % 2 === 0 ? 'input' : 'target'));
  return sides[0] === 'input' && inTurns && named.length >= 4 && named.length * 2 >= sides.length;
}

export function readBlocks(file: string, text: string): RawTable {
  const builder = new TableBuilder(file);
  let row = 0;
  let block: Record<Side, string> = { input: '', target: '' };
  let side: Side = 'input';
  const close = (): void => {
    if (row > 0) builder.add(row, Object.entries(block));
    block = { input: '', target: '' };
  };
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const begun = labelled(line);
    if (begun?.side === 'input') {
      close();
      row = index + 1;
    }
    side = begun?.side ?? side;
    block[side] = `${block[side]}\n${begun?.text ?? line}`.trim();
  });
  close();
  return builder.table('csv', {});
}
