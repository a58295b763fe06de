/** Every expected failure has one of these codes; the page has words and a next step for each (`ui/text.ts`). */
export type ErrorCode =
  | 'cancelled'
  | 'invalid-option'
  | 'invalid-data'
  | 'data-unreadable'
  | 'file-refused'
  | 'not-found'
  | 'record-damaged'
  | 'no-webgpu'
  | 'no-f16'
  | 'out-of-memory'
  | 'device-lost'
  | 'download-failed'
  | 'model-corrupt'
  | 'engine-failed'
  | 'engine-hung'
  | 'model-not-loaded'
  | 'context-exceeded'
  | 'grammar-invalid'
  | 'timed-out'
  | 'endpoint-unreachable'
  | 'endpoint-refused'
  | 'endpoint-failed'
  | 'endpoint-key'
  | 'storage-full'
  | 'storage-failed'
  | 'storage-blocked'
  | 'busy'
  | 'unsupported'
  | 'internal';

/** Where bad input was found, for messages that name the place. */
export interface Place {
  readonly file?: string;
  /** 1-based; for delimited files the header is row 1. */
  readonly row?: number;
  readonly field?: string;
}

/** A failure that was foreseen: a code for the program, a sentence for the person, the cause for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly place: Place | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; place?: Place } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
  }
}

export function isAppError(value: unknown, code?: ErrorCode): value is AppError {
  return value instanceof AppError && (code === undefined || value.code === code);
}

const ofOneRequest: readonly ErrorCode[] = ['context-exceeded', 'grammar-invalid'];

/** A failure of one request and not of the engine: asked again, it would fail again; another one need not. */
export function isOfOneRequest(thrown: unknown): thrown is AppError {
  return isAppError(thrown) && ofOneRequest.includes(thrown.code);
}

/** The message of whatever was thrown: engines reject with events, strings and `undefined` too. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return `unknown failure (${typeof thrown})`;
}
