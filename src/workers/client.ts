/**
 * The page's side of the workers: starts them and makes their APIs plain objects of promises.
 * A promise is never left open: when a worker dies, every call that waits for it is rejected.
 */
import { proxy, wrap, type Remote } from 'comlink';
import { AppError, messageOf } from '../core/errors.ts';
import { installErrorTransfer } from './errors.ts';
import type { ImportApi } from './import-protocol.ts';
import type { OptimizerApi } from './protocol.ts';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Calls under way, so that they can be ended from outside. */
class PendingCalls {
  readonly #rejects = new Set<(reason: AppError) => void>();

  /** Passes a method on; functions among the arguments become callbacks across the worker's border. */
  guard(method: Method): Method {
    return (...args) =>
      new Promise((resolve, reject) => {
        this.#rejects.add(reject);
        method(...args.map((arg) => (typeof arg === 'function' ? proxy(arg) : arg)))
          .then(resolve, reject)
          .finally(() => this.#rejects.delete(reject));
      });
  }

  rejectAll(reason: AppError): void {
    for (const reject of this.#rejects) reject(reason);
    this.#rejects.clear();
  }
}

/** What a worker exposes, with every method guarded. Comlink's own object is a proxy too, so this asks it by name. */
function guardedApi<Api extends object>(remote: Remote<Api>, calls: PendingCalls): Api {
  const methods = new Map<string | symbol, Method>();
  return new Proxy({} as Api, {
    get: (_, name) => {
      if (name === 'then') return undefined; // the API itself is not a promise
      const known = methods.get(name) ?? calls.guard(Reflect.get(remote, name) as Method);
      methods.set(name, known);
      return known;
    },
  });
}

function listenForDeath(worker: Worker, onDeath: (error: AppError) => void): void {
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const what = event.message === '' ? 'A worker of this page could not be started.' : messageOf(event);
    onDeath(new AppError('internal', what));
  });
  worker.addEventListener('messageerror', () => {
    onDeath(new AppError('internal', 'A message between the parts of this page could not be read.'));
  });
}

interface Connection<Api> {
  readonly api: Api;
  /** Ends the worker; calls under way are rejected as cancelled. */
  close(): void;
}

function connect<Api extends object>(worker: Worker, onFailure: (thrown: unknown) => void): Connection<Api> {
  installErrorTransfer();
  const calls = new PendingCalls();
  listenForDeath(worker, (error) => {
    calls.rejectAll(error);
    onFailure(error);
  });
  return {
    api: guardedApi(wrap<Api>(worker), calls),
    close: () => {
      worker.terminate();
      calls.rejectAll(new AppError('cancelled', 'Ended before it was done.'));
    },
  };
}

/** Starts the one optimizer worker. `onFailure` hears of what no call can report: the worker itself failing. */
export function connectOptimizer(onFailure: (thrown: unknown) => void): OptimizerApi {
  const worker = new Worker(new URL('./optimizer.worker.ts', import.meta.url), {
    type: 'module',
    name: 'optimizer',
  });
  const { api } = connect<OptimizerApi>(worker, onFailure);
  api.hostModels((port) => void serveModels(port).catch(onFailure)).catch(onFailure);
  return api;
}

/** Engines are fetched when the first port is to be served. A closed port ends what waits at its other end. */
async function serveModels(port: MessagePort): Promise<void> {
  try {
    (await import('./page-models.ts')).servePageModels(port);
  } catch (thrown) {
    port.close();
    throw thrown;
  }
}

/** Starts a worker that reads files; close it when the import is over or given up. */
export function connectImporter(onFailure: (thrown: unknown) => void): Connection<ImportApi> {
  const worker = new Worker(new URL('./import.worker.ts', import.meta.url), {
    type: 'module',
    name: 'import',
  });
  return connect<ImportApi>(worker, onFailure);
}
