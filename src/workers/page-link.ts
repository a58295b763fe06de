/**
 * The way to engines that only a page has: the browser's own model is not exposed in workers. The page hands over a
 * function that takes a port; each port it is given speaks `ModelApi`, as the model worker does.
 */
import { transfer } from 'comlink';
import { AppError } from '../core/errors.ts';
import type { ModelSpec } from '../models/spec.ts';
import type { WorkerLike } from './worker-link.ts';

/** Where an engine lives. */
export type Home = 'worker' | 'page';

export type ServeModels = (port: MessagePort) => void;

export function homeOf({ engine }: ModelSpec): Home {
  return engine === 'prompt-api' ? 'page' : 'worker';
}

export class PageLink {
  #serve: ServeModels | null = null;

  offer(serve: ServeModels): void {
    this.#serve = serve;
  }

  /** @throws AppError `unsupported` where no page serves (a worker without one, an old page) */
  start(): WorkerLike {
    if (!this.#serve)
      throw new AppError('unsupported', 'The browser’s own model cannot be reached from here.');
    const { port1, port2 } = new MessageChannel();
    this.#serve(transfer(port2, [port2]));
    return asWorker(port1);
  }
}

/** A page cannot be ended like a worker: closing the port makes it unload the model and forget what is pending. */
function asWorker(port: MessagePort): WorkerLike {
  port.start();
  return {
    postMessage: port.postMessage.bind(port),
    addEventListener: port.addEventListener.bind(port),
    removeEventListener: port.removeEventListener.bind(port),
    terminate: () => port.close(),
  };
}
