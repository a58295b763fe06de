/** Reads a run file. Nothing is stored here: a damaged or foreign file is refused as a whole, with its place. */
import * as v from 'valibot';
import { AppError, messageOf } from '../../core/errors.ts';
import { text } from './common-schemas.ts';
import { loggedEvent } from './event-schema.ts';
import { datasetRecord, personRecord, recordedReply, runRecord } from './record-schemas.ts';
import { checksumOf, runFileFormat, runFileVersion, type RunFileContent } from './run-file.ts';
import { object } from './tagged.ts';

/** Characters. A tab has about 2 GB, and the file is in memory several times while it is read. */
const mostCharacters = 256 * 1024 * 1024;

/** A hash, see `completionKey`. */
const replyKey = v.pipe(text, v.regex(/^[0-9a-f]{32}$/, 'Expected 32 hexadecimal digits'));

const contentSchema = object<RunFileContent>({
  run: runRecord,
  dataset: datasetRecord,
  events: v.array(loggedEvent),
  completions: v.array(v.object({ key: replyKey, reply: recordedReply })),
  person: v.array(v.object({ key: text, record: personRecord })),
});

interface Head {
  readonly format: unknown;
  readonly schemaVersion: unknown;
  readonly checksum: unknown;
  readonly content: unknown;
}

function refuse(file: string, message: string, field?: string, cause?: unknown): AppError {
  const place = field === undefined ? { file } : { file, field };
  return new AppError('file-refused', `“${file}” ${message}`, { place, cause });
}

function parse(file: string, source: string): unknown {
  if (source.length > mostCharacters) throw refuse(file, 'is larger than 256 MB, which no run file is.');
  try {
    return JSON.parse(source.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const isCut = source.trimStart().startsWith('{') && !source.trimEnd().endsWith('}');
    const why = isCut ? 'ends too early' : `is not readable as JSON (${messageOf(error)})`;
    throw refuse(
      file,
      `${why}. Expected a run file, as saved by “Run file” on a result page.`,
      undefined,
      error,
    );
  }
}

function headOf(file: string, parsed: unknown): Head {
  const has = (name: keyof Head): boolean =>
    typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, name);
  if (!has('format') || (parsed as Head).format !== runFileFormat) {
    throw refuse(
      file,
      'is not a run file. Datasets are imported on the Data page; prompts are loaded on Setup.',
    );
  }
  const head = parsed as Head;
  if (typeof head.schemaVersion === 'number' && head.schemaVersion > runFileVersion) {
    throw refuse(
      file,
      'was saved by a newer version of Sentential. Reload this page to get that version.',
      'schemaVersion',
    );
  }
  if (head.schemaVersion !== runFileVersion || !has('content')) {
    throw refuse(
      file,
      'is damaged: its head is not complete. Save it again where it came from.',
      'schemaVersion',
    );
  }
  return head;
}

/** valibot's words after the place: `Expected string but received 5`. */
function describe(issue: v.BaseIssue<unknown>): string {
  const said = issue.message.replace(/^Invalid [a-z ]+: /, '').replaceAll('"', '');
  return said.endsWith('.') ? said : `${said}.`;
}

function checkContent(file: string, content: unknown): RunFileContent {
  const result = v.safeParse(contentSchema, content, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? 'content';
  throw refuse(file, `is damaged at ${place}: ${describe(issue)}`, place);
}

/** What the schemas cannot see: parts that do not belong together. */
function checkWhole(file: string, { run, dataset, events }: RunFileContent): void {
  const broken = events.findIndex(({ seq }, index) => seq !== index);
  if (broken >= 0)
    throw refuse(file, `is damaged: event ${broken} of the log is missing.`, `events.${broken}.seq`);
  if (run.eventCount !== events.length) {
    throw refuse(file, `is damaged: expected ${run.eventCount} events, found ${events.length}.`, 'events');
  }
  if (run.config.datasetId !== dataset.id)
    throw refuse(file, 'is damaged: its dataset belongs to another run.', 'dataset.id');
}

/**
 * @param file its name, for messages
 * @throws AppError `file-refused` that names what is wrong and where
 */
export function readRunFile(file: string, source: string): RunFileContent {
  const head = headOf(file, parse(file, source));
  const content = checkContent(file, head.content);
  checkWhole(file, content);
  if (checksumOf(head.content) !== head.checksum) {
    throw refuse(
      file,
      'was changed after it was saved, so its figures cannot be trusted. Save it again where it came from.',
      'checksum',
    );
  }
  return content;
}
