/** Says what the validation examples can show: before the run, and when nothing can pass the gate any more. */
import type { RunEvent } from '../events.ts';
import type { RunContext } from '../run-context.ts';
import { createRandom } from '../random.ts';
import { planGate } from '../stats/curtailed-gate.ts';
import { sampleSizeAdvice } from '../stats/sample-size.ts';
import { sequentialGate } from '../stats/sequential-gate.ts';
import type { Example } from '../types.ts';
import { gateSettings } from './accept.ts';
import { asksWrongFirst, validationTest } from './gate-choice.ts';
import type { DualPhaseOptions } from './options.ts';
import type { Search } from './search.ts';

const points = (share: number): string => `${Math.round(share * 1000) / 10} points`;

/** Nothing for the published threshold, which asks no test and so always can be passed. */
export function* warnOfSize(context: RunContext, options: DualPhaseOptions): Generator<RunEvent, void> {
  const test = validationTest(options);
  if (test === null || test.minGain === 0 || options.level >= 0.5) return;
  const count = context.splits.validation.length;
  const { verdict, needed, smallestGain } = sampleSizeAdvice(count, test.minGain, test.level);
  if (verdict === 'enough') return;
  const refused =
    smallestGain > 1
      ? 'no gain at all can be told from luck, so every rewrite will be refused'
      : `no gain below ${points(smallestGain)} can be told from luck, so smaller improvements will be refused`;
  const text =
    verdict === 'too-small'
      ? `With ${count} validation examples ${refused}. For gains of ${points(test.minGain)} have at least ${needed} validation examples.`
      : `With ${count} validation examples a gain of ${points(test.minGain)} will often be refused as possible luck. Have at least ${needed} to see such gains more surely.`;
  yield { type: 'notice', level: verdict === 'too-small' ? 'warning' : 'info', text };
}

/** Whether even a candidate that makes no mistake would be refused by the test of all examples: further attempts would be calls in vain. */
export function nothingCanPass(search: Search): boolean {
  const { outcomes } = search.validation;
  const isRight = [...outcomes.map(({ correct }) => correct), ...unasked(search).map(() => false)];
  return !couldPass(search.options, isRight);
}

/** Whether a candidate that makes no mistake would be accepted by the gate that is chosen. */
function couldPass(options: DualPhaseOptions, isRight: readonly boolean[]): boolean {
  const wrong = isRight.filter((is) => !is).length;
  if (asksWrongFirst(options, wrong, isRight.length))
    return planGate(isRight, gateSettings(options), createRandom('any')).gate.verdict === null;
  const gate = sequentialGate(isRight.length, { minGain: options.validationGain, level: options.level });
  const winsFirst = isRight.toSorted((a, b) => Number(a) - Number(b));
  for (const wasRight of winsFirst) gate.observe(wasRight, true);
  return gate.verdict === 'accepted';
}

/** Of these nobody knows yet. */
function unasked({ order, validation: { outcomes } }: Search): readonly Example[] {
  return order.slice(outcomes.length);
}

/** Whether nothing could pass if the incumbent were right as often on what it has not been asked: worth a closer look. */
export function seemsFinished(search: Search): boolean {
  const { outcomes } = search.validation;
  const wrong = outcomes.filter(({ correct }) => !correct).length;
  const expected = Math.ceil((wrong / Math.max(1, outcomes.length)) * search.order.length);
  const isRight = search.order.map((_, index) => index >= expected);
  return !couldPass(search.options, isRight);
}

export function nothingLeftNotice(search: Search): RunEvent {
  const { outcomes, planned } = search.validation;
  const wrong = outcomes.filter(({ correct }) => !correct).length;
  return {
    type: 'notice',
    level: 'info',
    text: `The prompt gets ${planned - wrong} of ${planned} validation examples right. No further gain could be told from luck with so few left; to go on, add validation examples.`,
  };
}
