/** A server that is stuck keeps a connection open for ever; this notices. */
import type { Environment } from './environment.ts';

interface Watched {
  readonly signal: AbortSignal;
  readonly stallMs: number;
}

/** Aborts a request after a time without a byte; also when the caller gives up. */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #post: Watched;
  readonly #environment: Environment;
  #callOff: () => void;
  hasFired = false;
  readonly startedAt: number;

  constructor(post: Watched, environment: Environment) {
    this.#post = post;
    this.#environment = environment;
    this.startedAt = environment.now();
    this.#callOff = this.#arm();
    post.signal.addEventListener('abort', this.#abort, { once: true });
    if (post.signal.aborted) this.#abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something has arrived. */
  alive(): void {
    this.#callOff();
    this.#callOff = this.#arm();
  }

  /** Passes bytes on and notices each of them. */
  tap(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (bytes, controller) => {
        this.alive();
        controller.enqueue(bytes);
      },
    });
  }

  end(): void {
    this.#callOff();
    this.#post.signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#controller.abort();

  #arm(): () => void {
    return this.#environment.after(this.#post.stallMs, () => {
      this.hasFired = true;
      this.#controller.abort();
    });
  }
}
