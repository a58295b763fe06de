/** The port's contract as checks, and how they are run. The contract itself is in `core/language-model.ts`. */
import { messageOf } from '../../core/errors.ts';
import type { Check, Subject } from './check.ts';
import { constraintChecks } from './constraint-checks.ts';
import { tooLong, unloads } from './end-checks.ts';
import { flightChecks } from './flight-checks.ts';
import { replyChecks } from './reply-checks.ts';

/** In the order they are run; the last one unloads the model. */
export const checks: readonly Check[] = [
  ...replyChecks,
  ...constraintChecks,
  ...flightChecks,
  tooLong,
  unloads,
];

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was violated, or why it does not apply; null when passed. */
  readonly detail: string | null;
  readonly ms: number;
}

/** Runs all checks one after the other; a failed one does not end the others. */
export async function* runChecks(subject: Subject, now: () => number): AsyncGenerator<CheckResult> {
  for (const { id, title, run } of checks) {
    const start = now();
    const verdict = await run(subject).then(
      (reason) => ({ outcome: reason === undefined ? 'passed' : 'skipped', detail: reason ?? null }) as const,
      (thrown: unknown) => ({ outcome: 'failed', detail: messageOf(thrown) }) as const,
    );
    yield { id, title, ...verdict, ms: now() - start };
  }
}
