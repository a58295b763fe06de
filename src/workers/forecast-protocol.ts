/** What the page asks before a run: how fast a model is here, and how long the run may take. */
import type { Speed } from '../core/speed.ts';
import type { AnswerTally } from './answer-tally.ts';
import type { LoadProgress } from '../models/spec.ts';
import type { RunConfig } from '../storage/run-record.ts';
import type { Forecast, Speeds } from './rehearsal.ts';

export type { AnswerTally, Forecast, Speed, Speeds };

export interface Measured {
  /** Null where the model wrote nothing at all. */
  readonly speed: Speed | null;
  /** What the replies were like that it was measured with. */
  readonly answers: AnswerTally;
}

export interface ForecastApi {
  /**
   * Asks the model a few questions of the dataset, for 20 seconds at most, and keeps it loaded.
   * @throws `busy` while a run or an experiment needs the model, `cancelled`, `timed-out`, what loading throws
   */
  measureSpeed(
    config: RunConfig,
    onProgress: (progress: LoadProgress) => void,
    onReply: (done: number, of: number) => void,
  ): Promise<Measured>;
  stopMeasuring(): Promise<void>;
  /** Null when another forecast was asked for before this one was ready. @throws what is wrong with the configuration */
  forecast(config: RunConfig, speeds: Speeds): Promise<Forecast | null>;
}
