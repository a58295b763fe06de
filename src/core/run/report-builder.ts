/** From what happened to the figures a run ends with. */
import { sum } from '../arithmetic.ts';
import type { RunEvent, Spent } from '../events.ts';
import { summarize } from '../evaluate/evaluator.ts';
import { joinPrompt } from '../prompt/split.ts';
import type { RejectionCode } from '../proposals/rejection.ts';
import type { PairedComparison, RunReport } from '../report.ts';
import type { OptimizerResult, Steps } from '../run-context.ts';
import type { ScoredCandidate } from '../types.ts';
import { comparePaired } from './compare.ts';
import type { TestEvaluations } from './confirm.ts';
import { passOn } from './pass-on.ts';

/** Counts the events of a run as they pass. */
export class Tally {
  tested = 0;
  steps = 0;
  readonly rejected = new Map<RejectionCode, number>();
  readonly warnings: string[] = [];
  #incumbents = 0;

  /** Whoever proposed them, the person too; the first incumbent is the start. */
  get accepted(): number {
    return Math.max(0, this.#incumbents - 1);
  }

  watch<T>(events: Steps<T>): Steps<T> {
    return passOn(events, (event) => {
      this.count(event);
      return [event];
    });
  }

  count(event: RunEvent): void {
    if (event.type === 'proposal-rejected')
      this.rejected.set(event.code, (this.rejected.get(event.code) ?? 0) + 1);
    if (event.type === 'incumbent-changed') this.#incumbents += 1;
    if (event.type === 'step-started') this.steps += 1;
    if (event.type === 'gate-decided' && event.gate === 'validation') this.tested += 1;
    if (event.type === 'notice' && event.level === 'warning') this.warnings.push(event.text);
  }
}

export interface ReportParts {
  readonly method: string;
  readonly result: OptimizerResult;
  /** Chance of a false accept per candidate that reached validation, where the method bounds it. */
  readonly falseAcceptLevel: number | null;
  readonly best: ScoredCandidate;
  readonly tests: TestEvaluations | null;
  readonly tally: Tally;
  readonly spent: Spent;
}

/** The test set speaks against the best prompt when it does worse there; then the start is the safer choice. */
function recommend(isSame: boolean, test: PairedComparison | null): RunReport['recommended'] {
  if (isSame) return 'start';
  return test !== null && test.best < test.start ? 'start' : 'best';
}

export function buildReport(parts: ReportParts): RunReport {
  const { method, result, falseAcceptLevel, best, tests, tally, spent } = parts;
  const { start, startValidation } = result;
  const test = tests && comparePaired(tests.start, tests.best);
  return {
    method,
    stopReason: result.stopReason,
    start,
    best: best.candidate,
    recommended: recommend(start.id === best.candidate.id, test),
    startText: joinPrompt(start.sentences),
    bestText: joinPrompt(best.candidate.sentences),
    evaluations: {
      startValidation: summarize(startValidation),
      bestValidation: summarize(best.validation),
      startTest: tests && summarize(tests.start),
      bestTest: tests && summarize(tests.best),
    },
    validation: comparePaired(startValidation, best.validation),
    test,
    steps: tally.steps,
    candidatesTested: tally.tested,
    candidatesAccepted: tally.accepted,
    rejectedProposals: sum([...tally.rejected.values()]),
    expectedFalseAccepts: falseAcceptLevel === null ? null : falseAcceptLevel * tally.tested,
    ...(tally.warnings.length === 0 ? {} : { warnings: [...tally.warnings] }),
    ...(result.tokensSaved === undefined ? {} : { tokensSaved: result.tokensSaved }),
    spent,
  };
}
