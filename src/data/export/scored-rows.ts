/** Gathers from a run's log what the start and the best prompt did on every example they were scored on. */
import type { LoggedEvent } from '../../core/events.ts';
import type { RunReport } from '../../core/report.ts';
import type { Outcome, SplitName, Splits } from '../../core/types.ts';
import type { ScoredRow } from './result.ts';

const shownSplits: readonly SplitName[] = ['test', 'validation'];

type Outcomes = ReadonlyMap<string, Outcome>;

const keyOf = (candidateId: string, split: SplitName, exampleId: string): string =>
  JSON.stringify([candidateId, split, exampleId]);

function outcomesIn(events: readonly LoggedEvent[]): Outcomes {
  return new Map(
    events.flatMap(({ event }) =>
      event.type === 'example-scored'
        ? [[keyOf(event.candidateId, event.split, event.outcome.exampleId), event.outcome] as const]
        : [],
    ),
  );
}

/** Rows of the test split first, in the order of the splits; examples that neither prompt was asked are left out. */
export function scoredRows(splits: Splits, report: RunReport, events: readonly LoggedEvent[]): ScoredRow[] {
  const outcomes = outcomesIn(events);
  const rows = shownSplits.flatMap((split) =>
    splits[split].map((example): ScoredRow => ({
      split,
      example,
      start: outcomes.get(keyOf(report.start.id, split, example.id)) ?? null,
      best: outcomes.get(keyOf(report.best.id, split, example.id)) ?? null,
    })),
  );
  return rows.filter(({ start, best }) => start !== null || best !== null);
}
