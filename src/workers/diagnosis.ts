/** Checks a model against the port's contract on the visitor's machine, in a model worker of its own. */
import { AppError } from '../core/errors.ts';
import { runChecks } from '../models/conformance/conformance.ts';
import type { CheckResult } from '../models/conformance/conformance.ts';
import type { LoadProgress, ModelSpec } from '../models/spec.ts';
import { ModelService } from './model-service.ts';
import type { ModelServiceParts } from './model-service.ts';
import type { LoadedModel } from './protocol.ts';
import { trialTaskFor, worldFor } from './worlds.ts';

export interface DiagnosisParts extends Pick<ModelServiceParts, 'keyFor' | 'startPage'> {
  readonly isModelTaken: () => Promise<boolean>;
  /** Unloads what the last run left: a machine may have room for one model only. */
  readonly makeRoom: () => Promise<void>;
}

const questionCount = 9;

export class Diagnosis {
  readonly #parts: DiagnosisParts;
  #models: ModelService | null = null;

  constructor(parts: DiagnosisParts) {
    this.#parts = parts;
  }

  /** @throws AppError `busy`, `cancelled`; what loading throws. A check that fails is a result, no error. */
  async run(
    spec: ModelSpec,
    onProgress: (progress: LoadProgress) => void,
    onCheck: (result: CheckResult) => void,
  ): Promise<LoadedModel> {
    if (this.#models) throw new AppError('busy', 'The checks are under way already.');
    if (await this.#parts.isModelTaken()) {
      throw new AppError('busy', 'A run needs the model. Wait until it is finished, or stop it, then check.');
    }
    await this.#parts.makeRoom();
    const models = (this.#models = new ModelService(this.#parts));
    try {
      return await this.#check(models, spec, onProgress, onCheck);
    } catch (thrown) {
      throw this.#models === models ? thrown : stopped();
    } finally {
      if (this.#models === models) this.#models = null;
      await models.unload().catch(() => undefined);
    }
  }

  /** The checks under way reject with `cancelled`. */
  async stop(): Promise<void> {
    const models = this.#models;
    this.#models = null;
    await models?.cancelLoading();
    await models?.unload().catch(() => undefined);
  }

  async #check(
    models: ModelService,
    spec: ModelSpec,
    onProgress: (progress: LoadProgress) => void,
    onCheck: (result: CheckResult) => void,
  ): Promise<LoadedModel> {
    const task = trialTaskFor(spec);
    const model = await models.obtain('task', spec, task && worldFor(spec, task), onProgress);
    const loaded = models.loaded();
    if (!loaded) throw stopped();
    const questions = task?.examples.slice(0, questionCount).map(({ input }) => input);
    const subject = { model, unload: () => models.unload(), ...(questions && { questions }) };
    for await (const result of runChecks(subject, () => performance.now())) {
      if (this.#models !== models) throw stopped();
      onCheck(result);
    }
    return loaded;
  }
}

function stopped(): AppError {
  return new AppError('cancelled', 'The checks were stopped.');
}
