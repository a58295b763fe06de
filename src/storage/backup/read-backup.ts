/** Reads a backup line by line and refuses what is damaged, foreign or too new. Nothing is stored here. */
import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import { databaseVersion } from '../schema.ts';
import { stored } from '../stored-schemas.ts';
import { backupFormat, backupVersion, LineSum, stores, type BackupRecord } from './backup-file.ts';

/** Characters: no record of ours comes near it. */
const longestLine = 128 * 1024 * 1024;

const recordSchema = v.object({
  store: v.picklist(stores),
  key: v.union([v.string(), v.tuple([v.string(), v.union([v.string(), v.number()])])]),
  value: v.unknown(),
});
const headSchema = v.looseObject({
  format: v.literal(backupFormat),
  schemaVersion: v.number(),
  databaseVersion: v.number(),
});
const footSchema = v.object({ records: v.number(), checksum: v.string() });

const foreign = 'is not a Sentential backup. A run file is opened in History, a dataset on the Data page.';

function refuse(file: string, message: string, row?: number, cause?: unknown): AppError {
  const place = row === undefined ? { file } : { file, row };
  return new AppError('data-unreadable', `“${file}” ${message} Nothing was changed here.`, { place, cause });
}

async function* linesOf(file: string, blob: Blob): AsyncGenerator<string> {
  const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  const isZipped = start[0] === 0x1f && start[1] === 0x8b;
  const bytes = isZipped ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  let rest = '';
  for (;;) {
    const { done, value = '' } = await reader.read();
    const pieces = value.split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield rest + piece;
      rest = '';
    }
    rest += last;
    if (rest.length > longestLine)
      throw refuse(file, 'is not a Sentential backup: it has a line of more than 128 MB.');
    if (done) break;
  }
  if (rest !== '') yield rest;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function checkHead(file: string, line: string): void {
  const head = v.safeParse(headSchema, parse(line));
  if (!head.success) throw refuse(file, foreign);
  const { schemaVersion, databaseVersion: inFile } = head.output;
  if (schemaVersion > backupVersion || inFile > databaseVersion)
    throw refuse(file, 'was saved by a newer version of Sentential. Reload this page to get that version.');
}

function recordAt(file: string, row: number, line: string): BackupRecord {
  const record = v.safeParse(recordSchema, parse(line));
  if (!record.success) throw refuse(file, `is damaged in line ${row}.`, row);
  const { store, value } = record.output;
  const [issue] = v.safeParse(stored[store], value, { abortEarly: true }).issues ?? [];
  if (issue) {
    const place = v.getDotPath(issue) ?? store;
    throw refuse(file, `is damaged in line ${row} (${store}, ${place}): ${issue.message}.`, row);
  }
  return record.output;
}

/**
 * All records in order; at the end the sum is checked, so only a reader that comes to the end knows the file is whole.
 *
 * @throws AppError `data-unreadable` that names what is wrong and in which line
 */
export async function* readBackup(file: string, blob: Blob): AsyncGenerator<BackupRecord> {
  const sum = new LineSum();
  let row = 0;
  let foot: string | null = null;
  try {
    for await (const line of linesOf(file, blob)) {
      if (foot !== null) {
        row += 1;
        sum.add(foot);
        if (row === 1) checkHead(file, foot);
        else yield recordAt(file, row, foot);
      }
      foot = line;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (foot === null)
      throw refuse(file, `${foreign} If it is one, it is damaged from its beginning.`, undefined, error);
    throw refuse(file, `is damaged after line ${row}: it cannot be unpacked.`, row, error);
  }
  if (row === 0) checkHead(file, foot ?? '');
  const end = v.safeParse(footSchema, parse(foot ?? ''));
  if (!end.success) throw refuse(file, `ends too early, after line ${row}. Save or download it again.`, row);
  const isWhole = end.output.records === row - 1 && end.output.checksum === sum.checksum;
  if (!isWhole) throw refuse(file, 'was changed after it was saved: its checksum is wrong.');
}
