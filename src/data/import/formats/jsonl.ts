/** One JSON object per line. */
import type { RawTable, RowProblem } from '../raw-table.ts';
import { unreadable } from '../failures.ts';
import { isChat, readChat } from './chat.ts';
import { exchangesIn, unwrapped } from './messages.ts';
import { isPromptfooTests, readPromptfooTests } from './promptfoo.ts';
import { locateJsonError } from './json-error.ts';
import { unnested } from './nested-records.ts';
import { TableBuilder, numbered, tableFromRecords } from './records.ts';
import type { NumberedValue } from './records.ts';

/** Broken lines become problems. @throws `data-unreadable` when no line is JSON */
export function readJsonl(file: string, text: string): RawTable {
  const records: NumberedValue[] = [];
  const problems: RowProblem[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      // Lines cut out of a list still have its comma.
      records.push({ number: index + 1, value: JSON.parse(line.replace(/\},\s*$/, '}')) });
    } catch {
      const { column, message } = locateJsonError(line);
      problems.push({
        row: index + 1,
        field: '',
        message: `No JSON at character ${column} of this line: ${message}.`,
      });
    }
  });
  if (records.length === 0) {
    throw unreadable(
      file,
      'has no line that is JSON. Expected one object per line, such as {"input": "…", "target": "…"}.',
      {
        row: problems[0]?.row ?? 1,
      },
    );
  }
  return tableOf(file, records, problems);
}

function tableOf(file: string, records: readonly NumberedValue[], problems: readonly RowProblem[]): RawTable {
  const values = records.map(({ value }) => value);
  const exchanges = exchangesIn(values);
  const chat = unwrapped(exchanges === null ? records : numbered(exchanges));
  if (isChat(chat.map(({ value }) => value))) return withProblems(readChat(file, chat, 'chat'), problems);
  if (isPromptfooTests(values)) {
    return withProblems(
      readPromptfooTests(
        file,
        values,
        {},
        records.map(({ number }) => number),
      ),
      problems,
    );
  }
  if (!values.every(Array.isArray)) return tableFromRecords(file, 'jsonl', unnested(records), { problems });
  const builder = new TableBuilder(file);
  for (const { number, value } of records) {
    const cells: readonly unknown[] = Array.isArray(value) ? value : [];
    builder.add(
      number,
      cells.map((cell, index) => [`column ${index + 1}`, cell] as const),
    );
  }
  return builder.table('jsonl', { problems });
}

function withProblems(table: RawTable, problems: readonly RowProblem[]): RawTable {
  return { ...table, problems: [...problems, ...table.problems].sort((a, b) => a.row - b.row) };
}
