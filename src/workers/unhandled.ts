/**
 * Rejections that nobody handles, inside a worker: reported as uncaught errors they reach the owner of the worker, which
 * otherwise would wait for an answer that never comes.
 */
interface Scope {
  addEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void): void;
  reportError(error: unknown): void;
}

export function reportUnhandled(scope: Scope, isMeant: (reason: unknown) => boolean = () => true): void {
  scope.addEventListener('unhandledrejection', (event) => {
    if (!isMeant(event.reason)) return;
    event.preventDefault();
    scope.reportError(event.reason);
  });
}
