/** What a file is, by what is in it: names and extensions are often wrong, or missing in pasted text. */
import { areBlocks } from './formats/blocks.ts';
import { isFastText } from './formats/fasttext.ts';
import { firstLines } from './formats/lines.ts';

export type Container = 'zip' | 'xlsx' | 'gzip' | 'parquet' | 'text';

/** Files that are recognized only to say what to do instead. */
export type Foreign = 'xls' | 'ods' | 'pdf' | 'docx' | 'image' | 'sqlite' | 'arrow';

export function detectContainer(bytes: Uint8Array): Container | Foreign {
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006')) return detectZip(bytes);
  if (startsWith(bytes, 'PAR1')) return 'parquet';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) return 'xls';
  if (startsWith(bytes, '%PDF')) return 'pdf';
  if (startsWith(bytes, 'SQLite format 3')) return 'sqlite';
  if (startsWith(bytes, 'ARROW1')) return 'arrow';
  if (startsWith(bytes, '\u0089PNG') || startsWith(bytes, '\u00ff\u00d8\u00ff') || startsWith(bytes, 'GIF8'))
    return 'image';
  return 'text';
}

/** Office files are ZIPs; their parts are named in clear text. */
function detectZip(bytes: Uint8Array): Container | Foreign {
  if (includes(bytes, 'xl/workbook.xml')) return 'xlsx';
  if (includes(bytes, 'word/document.xml')) return 'docx';
  return includes(bytes.subarray(0, 128), 'opendocument.spreadsheet') ? 'ods' : 'zip';
}

export type TextFormat = 'json' | 'jsonl' | 'yaml' | 'like-yaml' | 'fasttext' | 'blocks' | 'csv';

/** A `key:` at the start of a line, alone or before a value; what CSV would have as a cell has no such line. */
const YAML_START =
  /^(---\s*$|%YAML|- (["']?[\w ]+["']?:(\s|$)|- |\{|\[)|(tests|prompts|providers|description|defaultTest|examples|data|rows)\s*:(\s|$))/m;
/** What begins a line of YAML that is not indented. */
const YAML_LINE = /^(?:["']?[\w.-][\w .-]*["']?\s*:(?:\s|$)|- |-$|#|---|\.\.\.|[\]}])/;
/** A key whose value is in the lines below it. */
const YAML_NEST =
  /^[ \t]*(?:- )?["']?[\w.-][\w .-]*["']?[ \t]*:[ \t]*(?:[|>][+-]?)?[ \t]*\r?\n(?:[ \t]+\S|- )/m;

export function detectText(text: string): TextFormat {
  const start = text.trimStart();
  if (/^[[{]/.test(start) && !isDelimitedJson(start)) return isJsonLines(start) ? 'jsonl' : 'json';
  const head = start
    .slice(0, 4000)
    .replace(/^(?:\s*#[^\n]*\n)+/, '')
    .trimStart();
  const first = YAML_START.exec(head);
  if (first?.index === 0) return 'yaml';
  if (isFastText(start)) return 'fasttext';
  if (areBlocks(start)) return 'blocks';
  return isNestedYaml(head) ? 'like-yaml' : 'csv';
}

/** A configuration, say: every line at the margin is a key or an item, and something is nested. */
function isNestedYaml(head: string): boolean {
  const lines = head.split('\n').slice(0, head.length < 4000 ? undefined : -1);
  const atMargin = lines.filter((line) => /^\S/.test(line));
  return YAML_NEST.test(head) && atMargin.every((line) => YAML_LINE.test(line));
}

/** Cells that hold JSON, with a tab behind it. */
function isDelimitedJson(text: string): boolean {
  const lines = firstLines(text, 20);
  return lines.length > 1 && lines.every((line) => /^(?:\{.*\}|\[.*\])\t[^\t{[]*$/.test(line));
}

/** Several lines, most of which hold a whole object or list; lines cut out of a list may still have its comma. */
function isJsonLines(text: string): boolean {
  const lines = firstLines(text, 20);
  const record = text.startsWith('{') ? /^\{.*\},?$/ : /^\{.*\}$|^\[.*\]$/;
  const whole = lines.filter((line) => record.test(line)).length;
  return whole >= 2
    ? whole * 2 >= lines.length
    : lines.length === 1 && lines[0] !== undefined && isOneRecord(lines[0], text);
}

function isOneRecord(line: string, text: string): boolean {
  return line.length === text.trimEnd().length && /^\{"(messages|prompt)"/.test(line);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

function includes(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes.subarray(at, at + text.length), text)) return true;
  }
  return false;
}
