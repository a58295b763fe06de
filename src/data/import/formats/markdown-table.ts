/** A table in Markdown (GitHub's), as chats and documents have it: bars around the cells, dashes below the names. */
import type { Cells } from './csv.ts';

const RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?$/;

export function isMarkdownTable(text: string): boolean {
  const [first = '', second = ''] = text.split('\n', 40).filter((line) => line.trim() !== '');
  return first.includes('|') && RULE.test(second.replace('\r', ''));
}

/** Rows keep their place: the dashes are a blank one. Lines without a bar are no rows. */
export function readMarkdownTable(text: string): Cells {
  const grid = text
    .split(/\r\n|\n|\r/)
    .map((line) => (RULE.test(line) || !line.includes('|') ? [] : cellsOf(line)));
  return { grid, quotes: new Map() };
}

/** `\|` is a bar within a cell. */
function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}
