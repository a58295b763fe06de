/** YAML, in the same shapes as JSON; promptfoo's configs above all. The parser is loaded when it is needed. */
import { messageOf } from '../../../core/errors.ts';
import { unreadable } from '../failures.ts';
import type { RawTable } from '../raw-table.ts';
import { readValue } from './json.ts';

/** Whether the whole text is YAML; an instruction with headings and items may only look like it. */
export async function isYaml(text: string): Promise<boolean> {
  const { parseDocument } = await import('yaml');
  return parseDocument(text, { schema: 'core', logLevel: 'error' }).errors.length === 0;
}

/** @throws `data-unreadable` when it is no YAML, or has no examples in a known shape */
export async function readYaml(file: string, text: string): Promise<RawTable> {
  const { YAMLParseError, parse } = await import('yaml');
  let value: unknown;
  try {
    // The alias limit stops "a billion laughs"; `core` keeps `yes` and dates the texts they are.
    value = parse(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' });
  } catch (cause) {
    const row = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    const place = row === undefined ? '' : ` in line ${row}`;
    const reason = messageOf(cause).split('\n')[0] ?? '';
    throw unreadable(
      file,
      `is not valid YAML${place}: ${reason}. Correct the file there.`,
      row === undefined ? {} : { row },
      cause,
    );
  }
  return readValue(file, value, 'yaml');
}
