/**
 * First pass of the splitter: line by line into blocks whose texts, concatenated, are the prompt. Sentences are only
 * looked for inside `prose`; a list item with its continuation lines is one block, and so is a paragraph.
 */
import {
  closesFence,
  fenceOf,
  inlineHeadingLength,
  isHeadingLine,
  isRule,
  isTableRow,
  isUnderline,
  linesOf,
  listMarkerOf,
  startsLabelled,
} from './line-kinds.ts';

export interface Block {
  readonly kind: 'prose' | 'heading' | 'code';
  readonly text: string;
}

interface Builder {
  readonly blocks: { kind: Block['kind']; lines: string[] }[];
  /** True while the last block may go on with the next line. */
  isOpen: boolean;
}

function push(builder: Builder, kind: Block['kind'], lines: string[], isOpen = false): void {
  builder.blocks.push({ kind, lines });
  builder.isOpen = isOpen;
}

/** Index after the code or table that begins at `start`; `start` itself when none does. */
function endOfVerbatim(lines: readonly string[], start: number): number {
  const fence = fenceOf(lines[start] ?? '');
  let end = start;
  if (fence === null) {
    while (isTableRow(lines[end] ?? '')) end += 1;
    return end;
  }
  do end += 1;
  while (end < lines.length && !closesFence(lines[end] ?? '', fence));
  return Math.min(lines.length, end + 1); // an unclosed fence goes on to the end, as in markdown
}

function addBlank(builder: Builder, line: string): void {
  const last = builder.blocks.at(-1);
  if (last === undefined) push(builder, 'prose', [line]);
  else last.lines.push(line);
  builder.isOpen = false;
}

/** A list item goes on with indented or lower-case lines; a capital at the margin begins something else. */
function leavesList(item: readonly string[], line: string): boolean {
  return listMarkerOf(item[0] ?? '') !== '' && /^\p{Lu}/u.test(line);
}

function addProse(builder: Builder, line: string): void {
  const last = builder.blocks.at(-1);
  const startsNew = listMarkerOf(line) !== '' || startsLabelled(line) || leavesList(last?.lines ?? [], line);
  if (!builder.isOpen || startsNew || last === undefined) push(builder, 'prose', [line], true);
  else last.lines.push(line);
}

function addInlineHeading(builder: Builder, line: string, length: number): void {
  push(builder, 'heading', [line.slice(0, length)]);
  push(builder, 'prose', [line.slice(length)], true);
}

/** Adds what begins at `lines[start]`; returns the index of the next line to look at. */
function addNext(builder: Builder, lines: readonly string[], start: number): number {
  const line = lines[start] ?? '';
  const next = lines[start + 1];
  const end = endOfVerbatim(lines, start);
  if (end > start) {
    push(builder, 'code', lines.slice(start, end));
    return end;
  }
  const inline = inlineHeadingLength(line);
  if (line.trim() === '') addBlank(builder, line);
  else if (inline > 0) addInlineHeading(builder, line, inline);
  else if (isHeadingLine(line)) push(builder, 'heading', [line]);
  else if (isRule(line)) push(builder, 'prose', [line]);
  else if (!builder.isOpen && next !== undefined && isUnderline(next) && listMarkerOf(line) === '') {
    push(builder, 'heading', [line, next]);
    return start + 2;
  } else addProse(builder, line);
  return start + 1;
}

export function blocksOf(text: string): Block[] {
  const lines = linesOf(text);
  const builder: Builder = { blocks: [], isOpen: false };
  for (let index = 0; index < lines.length;) index = addNext(builder, lines, index);
  return builder.blocks.map(({ kind, lines: own }) => ({ kind, text: own.join('') }));
}
