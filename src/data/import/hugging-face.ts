/**
 * Datasets of the Hugging Face hub by name, through its rows API (huggingface.co/docs/dataset-viewer/rows): public
 * datasets only, a hundred rows per request, and not every dataset is served.
 */
import { AppError, messageOf } from '../../core/errors.ts';
import { isHuggingFaceRows, readHuggingFaceRows } from './formats/hugging-face-rows.ts';
import { isObject, own, ownList, ownText } from './formats/values.ts';
import type { RawTable } from './raw-table.ts';

const SERVER = 'https://datasets-server.huggingface.co';
/** Rows that one request may ask for. */
const PAGE = 100;
/** Fifty requests; more belongs into a downloaded Parquet file. */
export const mostHuggingFaceRows = 5000;

export interface HuggingFaceRequest {
  /** As on the hub: "openai/gsm8k". */
  readonly dataset: string;
  /** "default" for most. */
  readonly config: string;
  readonly split: string;
  /** The first row, from 0. */
  readonly offset: number;
  /** Rows to load; at most 5,000. */
  readonly length: number;
}

export interface HuggingFaceOptions {
  readonly fetch: (url: string, init: { signal?: AbortSignal }) => Promise<Response>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (loaded: number, total: number) => void;
}

/**
 * @throws `invalid-option`, `download-failed` (no network, too many requests), `not-found`, `data-unreadable`,
 * `cancelled`
 */
export async function loadHuggingFaceRows(
  request: HuggingFaceRequest,
  options: HuggingFaceOptions,
): Promise<RawTable> {
  const { length } = request;
  if (!Number.isInteger(length) || length < 1 || length > mostHuggingFaceRows) {
    const advice = 'For more, download the Parquet file from its page and import that.';
    throw new AppError(
      'invalid-option',
      `Between 1 and ${mostHuggingFaceRows} rows can be loaded by name. ${advice}`,
    );
  }
  const rows: unknown[] = [];
  let features: readonly unknown[] = [];
  let total = length;
  while (rows.length < total) {
    const page = await loadPage(request, rows.length, Math.min(PAGE, total - rows.length), options);
    rows.push(...page.rows);
    features = page.features;
    total = Math.min(length, Math.max(0, page.total - request.offset));
    options.onProgress?.(rows.length, total);
    if (page.rows.length === 0) break;
  }
  const answer = { features, rows };
  if (isHuggingFaceRows(answer)) return readHuggingFaceRows(request.dataset, answer);
  throw new AppError(
    'not-found',
    `“${request.dataset}” has no rows from ${request.offset} on in the split “${request.split}”.`,
  );
}

interface Page {
  readonly rows: readonly unknown[];
  readonly features: readonly unknown[];
  /** Rows of the split. */
  readonly total: number;
}

async function loadPage(
  request: HuggingFaceRequest,
  loaded: number,
  length: number,
  options: HuggingFaceOptions,
): Promise<Page> {
  const { dataset, config, split, offset } = request;
  const query = new URLSearchParams({
    dataset,
    config,
    split,
    offset: `${offset + loaded}`,
    length: `${length}`,
  });
  const response = await ask(`${SERVER}/rows?${query.toString()}`, dataset, options);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const reason = isObject(answer) ? ownText(answer, 'error') : '';
    const offered = response.status === 404 ? await offeredSplits(dataset, options) : [];
    throw refusal(request, response.status, reason, offered);
  }
  const rows = isObject(answer) ? ownList(answer, 'rows') : null;
  if (!isObject(answer) || rows === null) {
    throw new AppError(
      'data-unreadable',
      `Hugging Face answered for “${dataset}” with something that holds no rows. Try again later.`,
    );
  }
  const total = own(answer, 'num_rows_total');
  return {
    rows,
    features: ownList(answer, 'features') ?? [],
    total: typeof total === 'number' ? total : Infinity,
  };
}

async function ask(url: string, dataset: string, { fetch, signal }: HuggingFaceOptions): Promise<Response> {
  try {
    return await fetch(url, signal === undefined ? {} : { signal });
  } catch (cause) {
    if (signal?.aborted === true)
      throw new AppError('cancelled', `Loading “${dataset}” was cancelled.`, { cause });
    const advice = 'Check the connection, or download the file elsewhere and import it here.';
    throw new AppError('download-failed', `Hugging Face cannot be reached (${messageOf(cause)}). ${advice}`, {
      cause,
    });
  }
}

/** Splits named in a message, at most: some datasets have hundreds. */
const NAMED = 12;

/** "main / train": what can be asked for instead; empty when the dataset itself is unknown. */
async function offeredSplits(dataset: string, options: HuggingFaceOptions): Promise<string[]> {
  const query = new URLSearchParams({ dataset });
  const response = await ask(`${SERVER}/splits?${query.toString()}`, dataset, options);
  const answer: unknown = response.ok ? await response.json().catch(() => null) : null;
  const splits = isObject(answer) ? (ownList(answer, 'splits') ?? []) : [];
  return splits.flatMap((split) =>
    isObject(split) ? [`${ownText(split, 'config')} / ${ownText(split, 'split')}`] : [],
  );
}

function refusal(
  request: HuggingFaceRequest,
  status: number,
  reason: string,
  offered: readonly string[],
): AppError {
  const { dataset, config, split } = request;
  const said = reason === '' ? '' : ` It says: ${reason.slice(0, 300)}`;
  if (status === 404 && offered.length > 0) {
    const more = offered.length > NAMED ? ' and more' : '';
    return new AppError(
      'not-found',
      `“${dataset}” has no configuration “${config}” with the split “${split}”. It has: ${offered.slice(0, NAMED).join(', ')}${more}.`,
    );
  }
  if (status === 404) {
    return new AppError(
      'not-found',
      `Hugging Face serves no “${dataset}” with the configuration “${config}” and the split “${split}”. Check the three names on its page.${said}`,
    );
  }
  if (status === 401 || status === 403) {
    return new AppError(
      'not-found',
      `“${dataset}” is private or asks for consent; only public datasets can be loaded by name. Download its file and import that.${said}`,
    );
  }
  if (status === 429) {
    return new AppError(
      'download-failed',
      'Hugging Face has had too many requests from here. Wait a few minutes, or load fewer rows.',
    );
  }
  return new AppError(
    'download-failed',
    `Hugging Face cannot serve rows of “${dataset}” (status ${status}). Download its Parquet file and import that.${said}`,
  );
}
