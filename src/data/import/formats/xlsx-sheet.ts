/** The cells of a worksheet (ECMA-376 part 1, section 18): shared texts, numbers, booleans, dates. */
import { attribute, readXml } from './xml.ts';

/** Number formats 14–22 and 45–47 are built-in dates and times. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
/** Day 0 of the serial numbers; Excel counts a 29 February 1900 that never was, so this holds from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
/** Columns a sheet can have; a cell beyond them is a broken reference. */
const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;

/** The texts that cells refer to by number. Phonetic hints (`rPh`) are no part of the text. */
export function readSharedStrings(xml: string): string[] {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let inHint = false;
  for (const event of readXml(xml)) {
    if (event.kind === 'text') text += inText && !inHint ? event.text : '';
    else if (event.name === 't') inText = event.kind === 'open';
    else if (event.name === 'rPh') inHint = event.kind === 'open';
    else if (event.name === 'si') {
      if (event.kind === 'close') texts.push(unescapeControls(text));
      text = '';
    }
  }
  return texts;
}

/** Positions of the cell styles that show a number as a date or time. */
export function dateStyles(xml: string): ReadonlySet<number> {
  const dates = new Set(BUILT_IN_DATES);
  const styles = new Set<number>();
  let inCells = false;
  let position = 0;
  for (const event of readXml(xml)) {
    if (event.kind === 'text') continue;
    if (event.name === 'cellXfs') inCells = event.kind === 'open';
    if (event.kind !== 'open') continue;
    const format = Number(attribute(event.attributes, 'numFmtId') ?? Number.NaN);
    if (event.name === 'numFmt' && isDateFormat(attribute(event.attributes, 'formatCode') ?? ''))
      dates.add(format);
    if (!inCells || event.name !== 'xf') continue;
    if (dates.has(format)) styles.add(position);
    position += 1;
  }
  return styles;
}

function isDateFormat(code: string): boolean {
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/gi, ''));
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
}

/** The sheet as rows of texts; the row at index i is row i + 1 of the sheet. */
export function readGrid(xml: string, texts: readonly string[], dates: ReadonlySet<number>): string[][] {
  const grid: string[][] = [];
  let row: string[] = [];
  let cell: OpenCell | null = null;
  let inValue = false;
  for (const event of readXml(xml)) {
    if (event.kind === 'text') {
      if (cell !== null && inValue) cell.value += event.text;
    } else if (event.name === 'v' || event.name === 't') inValue = event.kind === 'open';
    else if (event.name === 'row' && event.kind === 'open')
      row = openRow(grid, attribute(event.attributes, 'r'));
    else if (event.name === 'c') {
      if (event.kind === 'open') cell = openCell(event.attributes, row.length);
      else if (cell !== null) {
        while (row.length < cell.column) row.push('');
        row[cell.column] = showCell(cell, texts, dates);
        cell = null;
      }
    }
  }
  return grid;
}

/** Rows that are left out of the file are empty rows of the sheet. */
function openRow(grid: string[][], reference: string | null): string[] {
  const number = Number(reference ?? grid.length + 1);
  while (number <= MAX_ROWS && grid.length < number - 1) grid.push([]);
  const row: string[] = [];
  grid.push(row);
  return row;
}

function openCell(attributes: string, next: number): OpenCell {
  const letters = /^[A-Z]{1,3}/.exec(attribute(attributes, 'r') ?? '')?.[0];
  const column = letters === undefined ? next : columnNumber(letters);
  return {
    column: Math.min(column, MAX_COLUMNS),
    type: attribute(attributes, 't') ?? 'n',
    style: Number(attribute(attributes, 's') ?? 0),
    value: '',
  };
}

/** A is 0, Z is 25, AA is 26. */
function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i += 1) number = number * 26 + letters.charCodeAt(i) - 64;
  return number - 1;
}

function showCell(cell: OpenCell, texts: readonly string[], dates: ReadonlySet<number>): string {
  const { type, value } = cell;
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'e') return '';
  if (type === 'str' || type === 'inlineStr' || type === 'd') return unescapeControls(value);
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  return dates.has(cell.style) ? showDate(number) : String(Number(number.toPrecision(15)));
}

/** ISO date; with the time when there is one, and the time alone below day 1. */
function showDate(serial: number): string {
  const date = new Date(EPOCH + Math.round(serial * DAY));
  if (Number.isNaN(date.getTime())) return String(serial);
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  if (serial < 1) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

/** Control characters are written as `_x000D_`. */
function unescapeControls(text: string): string {
  return text.replace(/_x([\dA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
