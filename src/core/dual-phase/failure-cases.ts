/** The wrong answers that guide a rewrite: what the last one broke, and which of them are shown. */
import { failuresOf } from '../evaluate/failures.ts';
import type { Random } from '../random.ts';
import type { Evaluation, Example, FailureCase } from '../types.ts';

/** Right before, wrong now: what the last accepted rewrite broke. */
export function brokenBy(before: Evaluation, after: Evaluation, examples: readonly Example[]): FailureCase[] {
  const wasRight = new Set(
    before.outcomes.filter(({ correct }) => correct).map(({ exampleId }) => exampleId),
  );
  return failuresOf(after, examples).filter(({ exampleId }) => wasRight.has(exampleId));
}

/** Two failures of a kind ask for the same rule: the same expected answer, missed in the same way. */
function kindOf({ reason, expected }: FailureCase): string {
  return `${reason}/${expected}`;
}

/** One of each kind first, so that two of a kind are shown only when there is nothing else. */
function diverse(ordered: readonly FailureCase[]): FailureCase[] {
  const kinds = new Set<string>();
  const firstOfKind: FailureCase[] = [];
  const others: FailureCase[] = [];
  for (const failure of ordered) {
    const kind = kindOf(failure);
    (kinds.has(kind) ? others : firstOfKind).push(failure);
    kinds.add(kind);
  }
  return [...firstOfKind, ...others];
}

/** The kind there is most of first; the sort is stable, so the lot decides within a kind. */
function frequent(ordered: readonly FailureCase[]): FailureCase[] {
  const counts = new Map<string, number>();
  for (const failure of ordered) counts.set(kindOf(failure), (counts.get(kindOf(failure)) ?? 0) + 1);
  const countOf = (failure: FailureCase): number => counts.get(kindOf(failure)) ?? 0;
  return [...ordered].sort((a, b) => countOf(b) - countOf(a) || kindOf(a).localeCompare(kindOf(b), 'en'));
}

const selections = { diverse, frequent, random: (ordered: readonly FailureCase[]) => [...ordered] } as const;

/** A few failures to show, drawn without replacement. Cases shown before come last within what the criterion leaves open. */
export function selectFailures(
  failures: readonly FailureCase[],
  count: number,
  shownBefore: ReadonlySet<string>,
  random: Random,
  criterion: keyof typeof selections,
): FailureCase[] {
  const shuffled = random.shuffle(failures);
  const fresh = shuffled.filter(({ exampleId }) => !shownBefore.has(exampleId));
  const ordered = [...fresh, ...shuffled.filter(({ exampleId }) => shownBefore.has(exampleId))];
  return selections[criterion](ordered).slice(0, count);
}
