/** Amounts of what runs spend, with their unit in words. */
import type { Axis } from './design.ts';

export interface Unit {
  readonly axis: Axis;
  /** Minutes are then those that the simulated model says it would have taken: no clock ran. */
  readonly isSimulated: boolean;
}

export function unitInWords({ axis, isSimulated }: Unit): string {
  if (axis === 'calls') return 'model calls';
  if (axis === 'tokens') return 'tokens';
  return isSimulated ? 'minutes of simulated model time' : 'minutes of model time';
}

/** “415 model calls”, “2.5 minutes of model time” */
export function amountInWords(value: number, unit: Unit): string {
  const isFine = unit.axis === 'minutes' && value < 10;
  const shown = isFine ? value.toFixed(1) : Math.round(value).toLocaleString('en');
  return `${shown} ${unitInWords(unit)}`;
}
