/** What the Lab calls things. */
import type { Axis } from '../../../core/lab/design.ts';
import { statusWords } from '../../text.ts';
import type { ExperimentStatus } from '../../../workers/lab-protocol.ts';

export const experimentStatusWords: Readonly<Record<ExperimentStatus, string>> = {
  ...statusWords,
  queued: 'waiting',
  stopped: 'stopped',
};

export const axisTitles: Readonly<Record<Axis, string>> = {
  calls: 'Calls',
  tokens: 'Tokens',
  minutes: 'Minutes',
};

/** Of amounts that were spent: no clock ran where the model was simulated. */
export function spentTitle(axis: Axis, isSimulated: boolean): string {
  return axis === 'minutes' && isSimulated ? 'Simulated minutes' : axisTitles[axis];
}

/** “170”, “12.4”: an amount without its unit. */
export function amountInWords(value: number, axis: Axis): string {
  return value.toLocaleString('en', { maximumFractionDigits: axis === 'minutes' ? 1 : 0 });
}
