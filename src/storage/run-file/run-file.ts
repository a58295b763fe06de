/**
 * A run as one file: everything that is needed to look at it elsewhere, and to go on with it. The checksum guards
 * against damage on the way, not against someone who writes a false file.
 */
import type { LoggedEvent } from '../../core/events.ts';
import { hashText } from '../../core/hash.ts';
import type { RecordedReply } from '../../core/run/recorder.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { RunRecord } from '../run-record.ts';
import type { PersonRecord } from '../schema.ts';

export const runFileFormat = 'sentential-run';
export const runFileVersion = 1;

export interface RunFileContent {
  readonly run: RunRecord;
  /** A snapshot: the run stays true when the dataset is changed elsewhere. */
  readonly dataset: Dataset;
  readonly events: readonly LoggedEvent[];
  readonly completions: readonly { readonly key: string; readonly reply: RecordedReply }[];
  readonly person: readonly { readonly key: string; readonly record: PersonRecord }[];
}

/** Of the parsed content as it stands in the file, before anything is left out of it. */
export function checksumOf(content: unknown): string {
  return hashText(JSON.stringify(content));
}

export function writeRunFile(content: RunFileContent): string {
  const head = { format: runFileFormat, schemaVersion: runFileVersion, checksum: checksumOf(content) };
  return JSON.stringify({ ...head, content });
}
