/** What the Prompt API throws, as `AppError`s with a next step. */
import { AppError, isAppError, messageOf } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';

const byName: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  AbortError: ['cancelled', 'Stopped on request.'],
  QuotaExceededError: [
    'context-exceeded',
    'The prompt is longer than the browser’s own model can take. Shorten the prompt, or choose another model.',
  ],
  NotAllowedError: [
    'unsupported',
    'The browser does not let this page use its own model without a click, or the page is embedded in another one. Press the button again, or choose another model.',
  ],
  NotSupportedError: [
    'unsupported',
    'The browser’s own model does not support this: a language, or a form of the reply. Choose another model.',
  ],
  NetworkError: [
    'download-failed',
    'The browser could not download its own model. Check the connection and try again.',
  ],
};

export function fromPromptApi(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const known = byName[thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''];
  if (known) return new AppError(known[0], known[1], { cause: thrown });
  return new AppError(
    'engine-failed',
    `The browser’s own model failed: ${messageOf(thrown)}. Try again, or choose another model.`,
    { cause: thrown },
  );
}
