/** A line of the speed table: what was measured, how often, and against what was wanted. */
import { median } from '../figures.ts';

export interface Figure {
  readonly figure: string;
  /** Comparable: "≥ 4", "≤ 100 KB". */
  readonly wanted: string;
  readonly measured: string;
  /** Whether it is as wanted; null where it could not be measured here. */
  readonly isMet: boolean | null;
  /** How it came about, and the reason where it falls short. */
  readonly how: string;
}

interface Measurement {
  readonly figure: string;
  readonly values: readonly number[];
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit?: string;
  readonly digits?: number;
  readonly how: string;
}

/** The median of the values against its bound. */
export function figureOf({
  figure,
  values,
  atLeast,
  atMost,
  unit = '',
  digits = 2,
  how,
}: Measurement): Figure {
  const value = median(values);
  const text = (bound: number): string => `${bound}${unit && ` ${unit}`}`;
  return {
    figure,
    wanted: atLeast === undefined ? `≤ ${text(atMost ?? 0)}` : `≥ ${text(atLeast)}`,
    measured: text(Number(value.toFixed(digits))),
    isMet: value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity),
    how,
  };
}
