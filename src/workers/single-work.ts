/** Work with a model that is there once at a time and can be stopped. */
import { createCancelSource, type CancelSource } from '../core/cancel.ts';
import { AppError } from '../core/errors.ts';

interface UnderWay {
  readonly source: CancelSource;
  readonly ended: Promise<unknown>;
}

export class SingleWork {
  readonly #busyWords: string;
  readonly #cancelLoading: () => Promise<void>;
  #underWay: UnderWay | null = null;

  /** @param busyWords - what to say to whoever asks for a second one */
  constructor(busyWords: string, cancelLoading: () => Promise<void>) {
    this.#busyWords = busyWords;
    this.#cancelLoading = cancelLoading;
  }

  /** @throws AppError `busy` while there is one */
  async run<T>(work: (source: CancelSource) => Promise<T>): Promise<T> {
    if (this.#underWay) throw new AppError('busy', this.#busyWords);
    const source = createCancelSource();
    const result = work(source);
    this.#underWay = { source, ended: result };
    try {
      return await result;
    } finally {
      this.#underWay = null;
    }
  }

  /** Resolves when the model is free again. */
  async stop(): Promise<void> {
    const underWay = this.#underWay;
    if (!underWay) return;
    underWay.source.cancel();
    await this.#cancelLoading();
    await underWay.ended.catch(() => undefined); // whoever asked for it is told
  }
}
