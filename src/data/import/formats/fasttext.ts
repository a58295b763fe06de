/** fastText's format for classifiers: `__label__` and the label, then the text, a line each. */
import type { RawTable } from '../raw-table.ts';
import { firstLines } from './lines.ts';
import { TableBuilder } from './records.ts';

const LINE = /^((?:__label__\S+[\s,]+)+)(.*)$/;

export function isFastText(text: string): boolean {
  const lines = firstLines(text, 20);
  return lines.length > 1 && lines.filter((line) => LINE.test(line)).length >= lines.length * 0.8;
}

export function readFastText(file: string, text: string): RawTable {
  const builder = new TableBuilder(file);
  const problems: { row: number; field: string; message: string }[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() === '') return;
    const [, labels, content] = LINE.exec(line.trim()) ?? [];
    if (labels === undefined)
      problems.push({ row: index + 1, field: 'label', message: 'Expected __label__.' });
    else
      builder.add(index + 1, [
        ['text', content],
        ['label', labels.replaceAll('__label__', '').trim()],
      ]);
  });
  return builder.table('csv', { problems });
}
