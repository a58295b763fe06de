/** A model that can be held between two calls, and that tells what its calls were like. */
import { AppError } from '../core/errors.ts';
import type { CancelToken } from '../core/cancel.ts';
import type { Completion, LanguageModel } from '../core/language-model.ts';

/** Opened and closed by the person's Pause and Resume. */
export class Gate {
  #waiting: (() => void)[] = [];
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
  }

  open(): void {
    this.#isClosed = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Resolves when open. @throws AppError `cancelled` */
  async pass(cancel: CancelToken | undefined): Promise<void> {
    while (this.#isClosed) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        cancel?.onCancel(() => reject(new AppError('cancelled', 'Stopped on request.')));
      });
    }
  }
}

export function pausable(
  model: LanguageModel,
  gate: Gate,
  onCompletion: (completion: Completion) => void,
): LanguageModel {
  return {
    identity: model.identity,
    concurrency: model.concurrency,
    contextWindow: model.contextWindow,
    capabilities: model.capabilities,
    countTokens: (text) => model.countTokens(text),
    async complete(request, cancel) {
      await gate.pass(cancel);
      const completion = await model.complete(request, cancel);
      onCompletion(completion);
      return completion;
    },
  };
}
