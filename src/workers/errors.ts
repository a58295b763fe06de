/**
 * Errors on their way between workers. Comlink's own handler keeps only name, message and stack of what was thrown;
 * this one brings an `AppError` over whole, so that `isAppError(error, code)` holds on the other side too.
 */
import { transferHandlers } from 'comlink';
import type { TransferHandler } from 'comlink';
import { AppError, isAppError, messageOf } from '../core/errors.ts';
import type { ErrorRecord } from './protocol.ts';

/** What Comlink hands to the handler of a throw. */
interface Thrown {
  readonly value: unknown;
}

interface SentError {
  readonly appError: ErrorRecord & { readonly cause?: string };
}

let installed = false;

/** To be called once on both sides of a link, before anything is sent. */
export function installErrorTransfer(): void {
  if (installed) return;
  installed = true;
  const plain = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>;
  const handler: TransferHandler<Thrown, unknown> = {
    canHandle: (value): value is Thrown => plain.canHandle(value),
    serialize: (thrown) => (isAppError(thrown.value) ? [pack(thrown.value), []] : plain.serialize(thrown)),
    deserialize(sent) {
      if (isSentError(sent)) throw unpack(sent);
      return plain.deserialize(sent);
    },
  };
  transferHandlers.set('throw', handler);
}

/** As plain data; what was not foreseen is `internal`. */
export function errorRecordOf(error: unknown): ErrorRecord {
  if (!isAppError(error)) return { code: 'internal', message: messageOf(error) };
  const { code, message, place } = error;
  return { code, message, ...(place && { place }) };
}

function pack(error: AppError): SentError {
  // The cause may be anything, also what cannot be cloned; its text is what a log needs.
  return {
    appError: {
      ...errorRecordOf(error),
      ...(error.cause !== undefined && { cause: messageOf(error.cause) }),
    },
  };
}

function unpack({ appError: { code, message, place, cause } }: SentError): AppError {
  return new AppError(code, message, { ...(place && { place }), ...(cause !== undefined && { cause }) });
}

function isSentError(value: unknown): value is SentError {
  return typeof value === 'object' && value !== null && 'appError' in value;
}
