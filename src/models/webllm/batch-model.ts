/**
 * WebLLM behind the port, several greedy answers at a time. Requests that wait are put together when they share their
 * instruction; all others, and those for which there is no room, go through the engine's own chat one by one.
 */
import type { CancelToken } from '../../core/cancel.ts';
import { neverCancelled } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../../core/language-model.ts';
import { decodeTogether, type BatchItem } from './batch-decode.ts';
import type { RowRequest } from './batch-row.ts';
import { fitting } from './fitting.ts';
import { isBatchable, rowFor, type RowParts } from './row-request.ts';

export interface BatchModelOptions extends RowParts {
  /** Answers one request at a time; also says who answers. */
  readonly single: LanguageModel;
  /** Requests answered together, at most. */
  readonly size: number;
  /** Rejects when the GPU device is lost. */
  readonly lost: Promise<never>;
  /** Waits a moment, for requests that are sent together do not arrive together. */
  readonly pause: () => Promise<void>;
  /** Told when a batch has failed: from then on answers are written one at a time. */
  readonly onGivenUp: (thrown: unknown) => void;
}

interface Call {
  readonly request: CompletionRequest;
  readonly cancel: CancelToken;
  readonly resolve: (completion: Completion) => void;
  readonly reject: (thrown: unknown) => void;
}

interface Row {
  readonly call: Call;
  readonly request: RowRequest;
}

export class BatchModel implements LanguageModel {
  readonly identity: LanguageModel['identity'];
  /** Twice as many as are answered together: the next batch waits while one is being answered. */
  readonly concurrency: number;
  readonly contextWindow: number;
  readonly capabilities: LanguageModel['capabilities'];
  readonly #options: BatchModelOptions;
  readonly #waiting: Call[] = [];
  #work: Promise<void> | null = null;
  #hasFailed = false;

  constructor(options: BatchModelOptions) {
    const { single, size } = options;
    this.#options = options;
    this.identity = single.identity;
    this.concurrency = 2 * size;
    this.contextWindow = single.contextWindow;
    this.capabilities = single.capabilities;
  }

  complete(request: CompletionRequest, cancel: CancelToken = neverCancelled): Promise<Completion> {
    let unsubscribe = (): void => undefined;
    const reply = new Promise<Completion>((resolve, reject) => {
      const call = { request, cancel, resolve, reject };
      this.#waiting.push(call);
      unsubscribe = cancel.onCancel(() => {
        const place = this.#waiting.indexOf(call);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(new AppError('cancelled', 'Stopped on request.'));
      });
      this.#work ??= this.#answerAll();
    });
    return reply.finally(() => unsubscribe());
  }

  countTokens(text: string): Promise<number> {
    return this.#options.single.countTokens(text);
  }

  /** Resolves when nothing is being answered any more. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #answerAll(): Promise<void> {
    const { size, pause } = this.#options;
    try {
      if (this.#waiting.length < size) await pause();
      for (let calls = this.#takeAlike(); calls.length > 0; calls = this.#takeAlike()) {
        const alone = calls.length > 1 ? await this.#answerTogether(calls) : calls;
        for (const call of alone) await this.#answerAlone(call);
      }
    } finally {
      this.#work = null; // At once: who asks from here on has to begin anew.
    }
  }

  /** The first that waits, and those that can be answered with it. */
  #takeAlike(): Call[] {
    const [first] = this.#waiting;
    if (!first) return [];
    const { system } = first.request;
    const alike = this.#isBatchable(first)
      ? this.#waiting.filter((call) => this.#isBatchable(call) && call.request.system === system)
      : [first];
    return alike.slice(0, this.#options.size).map((call) => {
      this.#waiting.splice(this.#waiting.indexOf(call), 1);
      return call;
    });
  }

  #isBatchable({ request }: Call): boolean {
    return !this.#hasFailed && isBatchable(request, this.#options.runtime);
  }

  /** Gives those that have to be answered alone. */
  async #answerTogether(calls: readonly Call[]): Promise<readonly Call[]> {
    const rows: Row[] = [];
    for (const call of calls) {
      const request = await rowFor(call.request, this.#options);
      if (request && !call.cancel.isCancelled) rows.push({ call, request });
    }
    const count = fitting(
      rows.map(({ request }) => request),
      this.#options.runtime,
    );
    if (count < 2) return calls;
    const [together, later] = [rows.slice(0, count), rows.slice(count)];
    this.#waiting.unshift(...later.map(({ call }) => call).filter(({ cancel }) => !cancel.isCancelled));
    const replied = await this.#decode(together);
    return calls.filter((call) => !replied.has(call) && later.every((row) => row.call !== call));
  }

  /** Gives those that were replied to. */
  async #decode(rows: readonly Row[]): Promise<ReadonlySet<Call>> {
    const { runtime, reuse, lost, onGivenUp } = this.#options;
    const replied = new Set<Call>();
    const items = rows.map(({ call, request }): BatchItem => {
      const onReply = (completion: Completion): void => {
        replied.add(call);
        call.resolve(completion);
      };
      return { request, isCancelled: () => call.cancel.isCancelled, onReply };
    });
    try {
      await Promise.race([lost, decodeTogether(runtime, reuse, items)]);
    } catch (thrown) {
      // Once is enough: from here on the engine itself answers every request, the open ones of this batch too.
      this.#hasFailed = true;
      onGivenUp(thrown);
    }
    return replied;
  }

  #answerAlone({ request, cancel, resolve, reject }: Call): Promise<void> {
    if (cancel.isCancelled) return Promise.resolve();
    return this.#options.single.complete(request, cancel).then(resolve, reject);
  }
}
