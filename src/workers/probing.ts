/** A few rewrites asked of a model before a run. The model stays loaded: the run that follows wants the same one. */
import type { CancelSource } from '../core/cancel.ts';
import { AppError } from '../core/errors.ts';
import { probeModel, type ProbeResult } from '../core/proposals/probe.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import { impatient } from './impatient-model.ts';
import type { ModelService } from './model-service.ts';
import { SingleWork } from './single-work.ts';
import type { Timers } from './timers.ts';
import { trialTaskFor, worldFor } from './worlds.ts';

interface ProbingParts {
  readonly models: Pick<ModelService, 'obtain' | 'cancelLoading' | 'waiting'>;
  readonly isModelTaken: () => Promise<boolean>;
  readonly timers: Timers;
}

export class Probing {
  readonly #parts: ProbingParts;
  readonly #work: SingleWork;

  constructor(parts: ProbingParts) {
    this.#parts = parts;
    this.#work = new SingleWork('The model is being tried already.', () => parts.models.cancelLoading());
  }

  /** @throws AppError `busy`, `cancelled`; what loading throws. A reply that cannot be used is a result, no error. */
  run(
    spec: ModelSpec,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<ProbeResult> {
    return this.#work.run((source) => this.#probe(spec, source, onProgress, onReply));
  }

  /** Resolves when the model is free again. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  async #probe(
    spec: ModelSpec,
    { token }: CancelSource,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<ProbeResult> {
    if (await this.#parts.isModelTaken())
      throw new AppError('busy', 'A run needs the model. Wait until it is finished, or stop it, then try.');
    token.throwIfCancelled();
    const task = trialTaskFor(spec); // the probe asks about none of it
    const { models, timers } = this.#parts;
    const model = await models.obtain('task', spec, task && worldFor(spec, task), onProgress);
    token.throwIfCancelled();
    return probeModel(
      impatient(model, () => models.waiting(), timers),
      token,
      onReply,
    );
  }
}
