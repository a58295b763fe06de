/** Ranges of the numbers of a run: its fields show them, and no configuration leaves them. */
import { methods, type MethodId } from '../../core/methods.ts';
import { resolveOptions, type OptionSpecs, type OptionValue } from '../../core/options.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

export const limits = {
  seed: { min: 0, max: 4_294_967_295 },
  calls: { min: 10, max: 1_000_000 },
  tokens: { min: 1000, max: 1_000_000_000 },
  minutes: { min: 1, max: 10_000 },
  answerTokens: { min: 1, max: 8192 },
} as const satisfies Readonly<Record<string, Range>>;

/** Characters of a run's name that lists and file names have room for. */
export const longestName = 80;

export function isWithin(value: number | null, { min, max }: Range): value is number {
  return value !== null && Number.isInteger(value) && value >= min && value <= max;
}

/** Null is no limit. */
export function isLimit(value: number | null, range: Range): boolean {
  return value === null || isWithin(value, range);
}

export function areOptions(method: MethodId, given: Readonly<Record<string, OptionValue>>): boolean {
  const specs: OptionSpecs = methods[method].options;
  try {
    resolveOptions(specs, given);
    return true;
  } catch {
    return false; // the field that is wrong says what is expected
  }
}
