/** Divides a task's examples into train, validation and test, and draws exemplars from the first. */
import { sum } from './arithmetic.ts';
import { AppError } from './errors.ts';
import { groupBy } from './group-by.ts';
import { hashText } from './hash.ts';
import { createRandom, type Random } from './random.ts';
import type { Example, SplitName, Splits } from './types.ts';

type SplitSizes = Readonly<Record<SplitName, number>>;

/** Examples with the same input; divided among splits they would leak. */
type Group = readonly Example[];

/** With more distinct targets than this, answers are open and there is nothing to balance. */
const mostStrata = 20;
/**
 * Of fewer test examples nearly a third would have to turn right, and none wrong, before the paired test tells a gain
 * from luck; they are better used for validation.
 */
export const smallestTest = 20;
/** From this many examples on there is a test split. */
export const fewestWithTest = 90;

const between = (from: number, to: number, share: number): number => Math.round(from + (to - from) * share);

/** How many examples each split should have; below `fewestWithTest` there is no test split ("not confirmed"). */
export function recommendedSizes(total: number): SplitSizes {
  const { train, validation } = optimizationSizes(total);
  const test = Math.min(200, total - train - validation);
  return test < smallestTest
    ? { train, validation: validation + test, test: 0 }
    : { train, validation, test };
}

/** Fixed points: a third and two thirds up to 60; 30 and 50 of 120; 60 and 100 of 300 and more. */
function optimizationSizes(total: number): { train: number; validation: number } {
  if (total <= 60) {
    const train = Math.floor(total / 3) || (total > 1 ? 1 : 0);
    return { train, validation: total - train };
  }
  if (total <= 120) {
    const share = (total - 60) / 60;
    return { train: between(20, 30, share), validation: between(40, 50, share) };
  }
  const share = Math.min(1, (total - 120) / 180);
  return { train: between(30, 60, share), validation: between(50, 100, share) };
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** In an order that depends on content only: the same rows in another order give the same splits. */
function inContentOrder(examples: readonly Example[]): Example[] {
  const keyed = examples.map(
    (example) => [hashText(`${example.input}\n${example.target}`), example] as const,
  );
  return keyed.sort(([a, x], [b, y]) => compare(a, b) || compare(x.id, y.id)).map(([, example]) => example);
}

const labelOf = (example: Example): string => example.target.trim().toLowerCase();

/** Groups by target label where there are few labels, else all in one stratum. */
function strataOf(groups: readonly Group[]): Group[][] {
  const strata = groupBy(groups, (group) => (group[0] ? labelOf(group[0]) : ''));
  const areFew = strata.length <= mostStrata && strata.length * 2 <= groups.length;
  return areFew ? strata : [[...groups]];
}

const sizeOf = (groups: readonly Group[]): number => sum(groups.map((group) => group.length));

/** Largest remainder method (Hamilton): whole numbers in proportion to the strata's sizes that add up to `size`. */
function quotas(sizes: readonly number[], size: number): number[] {
  const total = sum(sizes);
  const exact = sizes.map((each) => (total === 0 ? 0 : (size * each) / total));
  const whole = exact.map(Math.floor);
  const missing = size - sum(whole);
  const byRemainder = exact
    .map((each, index) => ({ index, remainder: each - Math.floor(each) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/** Moves whole groups from `stratum` until `quota` examples are there; a group that is too large stays. */
function take(stratum: Group[], quota: number): Example[] {
  const taken: Example[] = [];
  for (const group of [...stratum]) {
    if (taken.length + group.length > quota) continue;
    taken.push(...group);
    stratum.splice(stratum.indexOf(group), 1);
  }
  return taken;
}

function takeStratified(strata: readonly Group[][], size: number): Example[] {
  const wanted = quotas(strata.map(sizeOf), size);
  const taken = strata.flatMap((stratum, index) => take(stratum, wanted[index] ?? 0));
  // Groups of duplicates may leave a gap that another stratum can fill.
  for (const stratum of strata) taken.push(...take(stratum, size - taken.length));
  return taken;
}

function checkSizes({ train, validation, test }: SplitSizes, total: number): void {
  const sizes = [train, validation, test];
  const areCounts = sizes.every((size) => Number.isInteger(size) && size >= 0);
  const wanted = train + validation + test;
  if (areCounts && wanted <= total) return;
  throw new AppError(
    'invalid-option',
    `Expected train, validation and test to be whole numbers that add up to at most ${total} (the examples there are), got ${sizes.join(', ')}.`,
  );
}

/**
 * Disjoint splits, stratified by target where there are few labels; each in random order. Depends on the seed and
 * the examples, not on their order. Examples with the same input stay together, so that a split can be smaller
 * than asked for when duplicates do not fit; without duplicates the sizes are exact.
 * @throws AppError `invalid-option` when the sizes do not fit the examples
 */
export function splitExamples(
  examples: readonly Example[],
  seed: number | string | Random,
  sizes: SplitSizes,
): Splits {
  checkSizes(sizes, examples.length);
  const random = typeof seed === 'object' ? seed : createRandom(seed);
  const groups = groupBy(inContentOrder(examples), ({ input }) => input.trim());
  const strata = strataOf(random.fork('groups').shuffle(groups));
  const draw = (name: SplitName): Example[] => random.fork(name).shuffle(takeStratified(strata, sizes[name]));
  return { train: draw('train'), validation: draw('validation'), test: draw('test') };
}

/** Up to `count` examples with different inputs, the labels in turn, in random order. */
export function sampleExemplars(train: readonly Example[], count: number, random: Random): Example[] {
  const distinct = groupBy(train, ({ input }) => input.trim()).map((group) => group.slice(0, 1));
  const strata = random.shuffle(strataOf(random.shuffle(distinct)));
  const rounds = Math.max(0, ...strata.map((stratum) => stratum.length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    strata.flatMap((stratum) => stratum[round] ?? []),
  );
  return random.shuffle(inTurn.flat().slice(0, Math.max(0, count)));
}

/** The seed that divides the examples of a run: a fork must not test on what its parent has learned from. */
export function splitSeedOf(run: {
  readonly seed: number;
  readonly fork?: { readonly splitSeed: number };
}): number {
  return run.fork?.splitSeed ?? run.seed;
}
