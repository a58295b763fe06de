/**
 * A page that came by plain http from another machine (a classroom's server) gets none of what a model in the browser
 * needs: no files, no cache, no hashes, no GPU. Each engine would fail at another of them, long after it was chosen.
 */
import { AppError } from '../core/errors.ts';

/** Outside of browsers nothing is said, and nothing refused. */
interface PageScope {
  readonly isSecureContext?: boolean;
}

/** @throws AppError `unsupported` */
export function requireSecurePage({ isSecureContext = true }: PageScope = globalThis): void {
  if (isSecureContext) return;
  throw new AppError(
    'unsupported',
    'This page came by plain http from another machine, and there browsers let no model run in the page. Open it by https or on the computer that serves it (http://localhost), or choose the simulated model or an endpoint.',
  );
}
