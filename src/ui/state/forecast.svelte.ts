/** How fast the chosen model is here, and how long the run that is being set up may take with it. */
import { wantsLabelOnly } from '../../core/evaluate/answer-suffix.ts';
import type { LoadProgress, ModelSpec } from '../../models/spec.ts';
import type { AnswerTally, Forecast, Speed } from '../../workers/forecast-protocol.ts';
import type { OptimizerApi, RunConfig } from '../../workers/protocol.ts';
import { toFailure, type Failure } from '../text.ts';

/** Fewer than this make no search. */
export const fewestCandidates = 3;

/** Label-only answers are short, and another machine has another speed; a backup may bring settings from there. */
function settingOf(model: ModelSpec, isLabelOnly: boolean): string {
  return `speed/${JSON.stringify([model, isLabelOnly, navigator.hardwareConcurrency])}`;
}

function taskSetting({ taskModel, answer, choices }: RunConfig): string {
  return settingOf(taskModel, wantsLabelOnly(answer, choices));
}

function isSpeed(value: unknown): value is Speed {
  const names = ['prefillMs', 'decodeMs', 'replyTokens', 'wallShare', 'inFlight'];
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

/** What the last attempt to measure came to. */
interface Attempt {
  readonly setting: string;
  readonly failure: Failure | null;
  readonly answers: AnswerTally | null;
}

export class ForecastState {
  readonly #api: OptimizerApi;
  #speed = $state.raw<{ readonly setting: string; readonly speed: Speed } | null>(null);
  #optimizerSpeed = $state.raw<Speed | null>(null);
  #forecast = $state.raw<Forecast | null>(null);
  #isMeasuring = $state(false);
  #loading = $state.raw<LoadProgress | null>(null);
  #replies = $state.raw({ done: 0, of: 0 });
  #last = $state.raw<Attempt | null>(null);
  #failure = $state.raw<Failure | null>(null);

  constructor(api: OptimizerApi) {
    this.#api = api;
  }

  get forecast(): Forecast | null {
    return this.#forecast;
  }
  get isMeasuring(): boolean {
    return this.#isMeasuring;
  }
  get loading(): LoadProgress | null {
    return this.#loading;
  }
  get replies(): { readonly done: number; readonly of: number } {
    return this.#replies;
  }

  /** Why this model could not be measured, or this run not be rehearsed. */
  failureFor(config: RunConfig): Failure | null {
    return this.#attemptFor(config)?.failure ?? this.#failure;
  }

  /** What the answers of this model were like; null while it was not measured on this page. */
  answersFor(config: RunConfig): AnswerTally | null {
    return this.#attemptFor(config)?.answers ?? null;
  }

  /** Of the model that is chosen now; null while it was not measured here. */
  speedFor(config: RunConfig): Speed | null {
    return this.#speed?.setting === taskSetting(config) ? this.#speed.speed : null;
  }

  /** False where another model rewrites, and it was never measured here: it counts as fast as the first one. */
  get knowsOptimizer(): boolean {
    return this.#optimizerSpeed !== null;
  }

  /** Looks for earlier measurements of these models on this machine; not of one that has just failed to be measured. */
  async recall(config: RunConfig): Promise<void> {
    const setting = taskSetting(config);
    const { optimizerModel } = config;
    this.#optimizerSpeed = optimizerModel && (await this.#keptOf(optimizerModel));
    if (this.#speed?.setting === setting || this.#attemptFor(config)) return;
    const speed = await this.#kept(setting);
    if (speed) this.#speed = { setting, speed };
  }

  #attemptFor(config: RunConfig): Attempt | null {
    return this.#last?.setting === taskSetting(config) ? this.#last : null;
  }

  async #keptOf(model: ModelSpec): Promise<Speed | null> {
    return (await this.#kept(settingOf(model, false))) ?? (await this.#kept(settingOf(model, true)));
  }

  async #kept(setting: string): Promise<Speed | null> {
    const kept = await this.#api.getSetting(setting).catch(() => undefined); // a forecast is no reason for an alarm
    return isSpeed(kept) ? kept : null;
  }

  async measure(config: RunConfig): Promise<void> {
    const setting = taskSetting(config);
    this.#isMeasuring = true;
    this.#last = null;
    this.#failure = null;
    this.#loading = null;
    this.#replies = { done: 0, of: 0 };
    try {
      const { speed, answers } = await this.#api.measureSpeed(
        config,
        (progress) => (this.#loading = progress),
        (done, of) => (this.#replies = { done, of }),
      );
      this.#last = { setting, failure: null, answers };
      this.#speed = speed && { setting, speed };
      await this.#api.setSetting(setting, speed);
    } catch (thrown) {
      this.#failed(setting, toFailure(thrown));
    } finally {
      this.#isMeasuring = false;
    }
  }

  /** Figures of before would look like those of now. */
  #failed(setting: string, failure: Failure): void {
    if (failure.code === 'cancelled') return;
    this.#last = { setting, failure, answers: null };
    this.#speed = null;
  }

  stop = (): void => void this.#api.stopMeasuring();

  async tell(config: RunConfig): Promise<void> {
    const speed = this.speedFor(config);
    this.#failure = null;
    if (speed === null) {
      this.#forecast = null;
      return;
    }
    try {
      this.#forecast =
        (await this.#api.forecast(config, { task: speed, optimizer: this.#optimizerSpeed })) ??
        this.#forecast;
    } catch (thrown) {
      this.#forecast = null;
      this.#failure = toFailure(thrown);
    }
  }
}
