/** The page's words: for every error what to do next, for every refused reply why. */
import { isAppError, messageOf, type ErrorCode, type Place } from '../core/errors.ts';
import type { RejectionCode } from '../core/proposals/rejection.ts';
import type { Metric, MetricKind, SplitName } from '../core/types.ts';
import type { DatasetSource } from '../data/dataset.ts';
import type { Format } from '../data/import/raw-table.ts';
import type { RunStatus } from '../workers/protocol.ts';

interface ErrorWords {
  /** What happened, as a heading. */
  readonly title: string;
  readonly next: string;
}

export const errorWords: Readonly<Record<ErrorCode, ErrorWords>> = {
  cancelled: { title: 'Stopped', next: 'Nothing was changed. Start it again whenever you like.' },
  'invalid-option': {
    title: 'A setting does not fit',
    next: 'Correct the value named above, then try again.',
  },
  'invalid-data': {
    title: 'The data does not fit',
    next: 'Correct the place named above in the file, or map the columns differently.',
  },
  'data-unreadable': {
    title: 'This file cannot be read',
    next: 'Save it as CSV, JSON or JSON Lines in UTF-8 and import it again. Nothing stored has changed.',
  },
  'file-refused': {
    title: 'This file cannot be opened here',
    next: 'Nothing stored has changed. Save the file again where it came from.',
  },
  'not-found': {
    title: 'This is no longer here',
    next: 'It may have been deleted, or the address belongs to another browser. Choose another from the list.',
  },
  'record-damaged': {
    title: 'Something stored in this browser is damaged',
    next: 'Delete it, or delete it and restore a backup. Everything else is as it was.',
  },
  'no-webgpu': {
    title: 'No graphics processor to use here',
    next: 'Choose the simulated model to look around, or open this page in a recent Chrome or Edge on a machine with WebGPU.',
  },
  'no-f16': {
    title: 'This GPU has no 16-bit floats',
    next: 'Choose the f32 version of the same model: it needs more memory and gives the same kind of answers.',
  },
  'out-of-memory': {
    title: 'The model does not fit into memory',
    next: 'Choose a smaller model or a shorter context window; closing other tabs helps too.',
  },
  'device-lost': {
    title: 'The GPU was lost',
    next: 'Resume the run: finished calls are kept. If it happens again, choose a smaller model.',
  },
  'download-failed': {
    title: 'The download failed',
    next: 'Check the address and the connection, then try again; what was already downloaded is kept.',
  },
  'model-corrupt': {
    title: 'The model files are damaged',
    next: 'Delete this model from the cache and download it again.',
  },
  'engine-failed': {
    title: 'The model engine failed',
    next: 'Try again. If it fails at the same place, choose another model.',
  },
  'engine-hung': {
    title: 'The model stopped answering',
    next: 'It was restarted. Resume the run; if it hangs again, switch off “one label only” or choose another model.',
  },
  'model-not-loaded': { title: 'No model is loaded', next: 'Choose a model on the Setup page.' },
  'context-exceeded': {
    title: 'The text is longer than the model can take',
    next: 'Use a model with a longer context window, shorten the prompt, or leave out the longest examples.',
  },
  'grammar-invalid': {
    title: 'The answer labels cannot be enforced',
    next: 'Choose free text answers, or simplify the labels on the Data page.',
  },
  'timed-out': {
    title: 'An answer took too long',
    next: 'Lower the length of answers, or choose a smaller model; then resume the run.',
  },
  'endpoint-unreachable': {
    title: 'The endpoint cannot be reached',
    next: 'Check that the server is running, that its address is right, and that it allows requests from this page (CORS).',
  },
  'endpoint-refused': {
    title: 'The endpoint refused the request',
    next: 'Check the name of the model and the settings of the server.',
  },
  'endpoint-failed': {
    title: 'The endpoint failed',
    next: 'Look at the log of the server, then resume the run.',
  },
  'endpoint-key': { title: 'The endpoint asks for its key', next: 'Enter the key for this address.' },
  'storage-full': {
    title: 'The browser’s storage is full',
    next: 'Delete downloaded models or old runs, then resume. Nothing that was finished is lost.',
  },
  'storage-failed': {
    title: 'The browser’s storage does not work',
    next: 'Private windows often forbid it: use a normal window, then reload the page.',
  },
  'storage-blocked': {
    title: 'Another tab holds the storage',
    next: 'Close the other tabs with this page, then reload.',
  },
  busy: { title: 'Something else is under way', next: 'Wait for it to end, or stop it first.' },
  unsupported: {
    title: 'This browser cannot do that',
    next: 'Use a recent Chrome, Edge, Firefox or Safari.',
  },
  internal: {
    title: 'Something went wrong in this page',
    next: 'Reload the page: runs are kept. If it happens again, report it with the message above.',
  },
};

/** A failure ready to be shown. */
export interface Failure {
  readonly code: ErrorCode;
  /** What happened, as a heading. */
  readonly title: string;
  readonly message: string;
  /** What to do next; null where the message says it already. */
  readonly next: string | null;
  readonly place: string | null;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorWords, value);
}

/** “file sales.csv, row 12, field target” */
export function placeInWords(place: Place | undefined): string | null {
  if (place === undefined) return null;
  const parts = [
    place.file === undefined ? null : `file ${place.file}`,
    place.row === undefined ? null : `row ${place.row}`,
    place.field === undefined ? null : `field ${place.field}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** For whatever was thrown, and for error records that were stored or sent. */
export function toFailure(thrown: unknown): Failure {
  const known = isAppError(thrown) || isErrorRecord(thrown) ? thrown : null;
  const code = known?.code ?? 'internal';
  const { title, next } = errorWords[code];
  const message = messageOf(thrown);
  const place = placeInWords(known?.place);
  return { code, title, message, place, next: known && advises(message) ? null : next };
}

/** Our own messages say what happened in a first sentence, and what to do about it in a second where they can. */
function advises(message: string): boolean {
  return /[.?!] \p{Lu}/u.test(message);
}

function isErrorRecord(value: unknown): value is { code: ErrorCode; place?: Place } {
  return typeof value === 'object' && value !== null && 'code' in value && isErrorCode(value.code);
}

/** Why a reply of the model was not used, as the end of “Not used: …”. */
export const rejectionWords: Readonly<Record<RejectionCode, string>> = {
  empty: 'the reply held nothing usable',
  'too-short': 'too short to say anything',
  'too-long': 'much longer than the sentence it replaces',
  truncated: 'it broke off in the middle',
  unchanged: 'the same words as before',
  'already-tried': 'this wording was tried before',
  'leaks-example': 'it copies an example of the data, which would be cheating',
  'leaks-answer': 'it gives away the answer of an example',
  'wrong-language': 'it is in another language than the prompt',
  'placeholder-lost': 'it dropped a placeholder such as {{input}}',
  'placeholder-invented': 'it made up a placeholder that does not exist',
  'format-lost': 'it dropped how the answer must look',
  'meta-talk': 'talk about the task around it, nothing usable inside',
  refusal: 'the model refused',
  'role-marker': 'it plays a conversation instead of writing a sentence',
  markup: 'left-over markup or unclosed tags',
  'structured-data': 'a data structure instead of a sentence',
  repetition: 'it repeats itself',
  'answers-task': 'it answers an example instead of writing an instruction',
  'asks-back': 'it asks a question back',
  injection: 'it follows an instruction that was hidden in the data',
  'call-failed': 'the model gave no reply',
};

export const metricWords: Readonly<Record<MetricKind, { readonly name: string; readonly meaning: string }>> =
  {
    exact: { name: 'Exact text', meaning: 'the expected text and nothing else' },
    'multiple-choice': { name: 'Multiple choice', meaning: 'the letter of the expected option, as (A) or A' },
    'yes-no': { name: 'Two labels', meaning: 'the expected one of two opposite labels, such as yes and no' },
    number: { name: 'Number', meaning: 'the expected number, in digits or words' },
    list: { name: 'List', meaning: 'the expected items, in order or as a set' },
    label: { name: 'One of the labels', meaning: 'the expected one of a known set of labels' },
    contains: { name: 'Contains', meaning: 'an answer in which the expected text appears' },
    'starts-with': { name: 'Starts with', meaning: 'an answer that opens with the expected text' },
    regex: { name: 'Pattern (regular expression)', meaning: 'a reply in which the pattern is found' },
    'token-f1': {
      name: 'Shared words (token F1)',
      meaning: 'a text that has enough words in common with the expected one, as SQuAD counts them',
    },
    'rouge-l': {
      name: 'Shared word order (ROUGE-L)',
      meaning: 'a text that has enough words in the same order as the expected one',
    },
    levenshtein: {
      name: 'Similar spelling (Levenshtein)',
      meaning: 'a text that differs from the expected one in few letters',
    },
    json: { name: 'JSON, field by field', meaning: 'a JSON object with enough of the expected fields right' },
    judge: {
      name: 'Judged by the model',
      meaning: 'an answer that meets your rubric, in the eyes of a model',
    },
    javascript: {
      name: 'Your own JavaScript',
      meaning: 'an answer to which your own code gives a high enough score',
    },
    'self-consistency': {
      name: 'Self-consistency',
      meaning: 'the same answer each time it is sampled, whether right or not',
    },
  };

export function metricInWords(metric: Metric): string {
  if (metric.kind === 'yes-no') return `${metric.labels[0]} or ${metric.labels[1]}`;
  if (metric.kind === 'list') return metric.ordered ? 'List, in order' : 'List, in any order';
  return metricWords[metric.kind].name;
}

export const statusWords: Readonly<Record<RunStatus, string>> = {
  running: 'running',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  stopped: 'stopped, best kept',
  failed: 'stopped by an error',
};

/** What a split is for, after its number of examples. */
export const splitWords: Readonly<Record<SplitName, string>> = {
  train: 'to learn from',
  validation: 'to decide with',
  test: 'for the final test',
};

/** What a file was recognized as. */
export const formatWords: Readonly<Record<Format, string>> = {
  csv: 'CSV',
  json: 'JSON',
  jsonl: 'JSON Lines',
  yaml: 'YAML',
  bbh: 'a BIG-Bench Hard task',
  bigbench: 'a BIG-bench task',
  'instruction-induction': 'an instruction induction task',
  promptfoo: 'promptfoo tests',
  chat: 'chat messages',
  xlsx: 'XLSX',
  parquet: 'Parquet',
  huggingface: 'rows from Hugging Face',
};

export function sourceInWords(source: DatasetSource): string {
  switch (source.kind) {
    case 'built-in':
      return 'sample task';
    case 'file':
      return `from ${source.name}`;
    case 'pasted':
      return 'pasted';
    case 'edited':
      return 'edited';
  }
}
