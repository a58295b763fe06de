/**
 * The sequential gate on validation: the incumbent is asked no further than a comparison needs, so that a first rewrite
 * does not have to wait until the start was asked everything. What it was asked is known to the next comparison.
 */
import { mean } from '../arithmetic.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { PairedGate } from '../stats/paired-gate.ts';
import { sequentialGate } from '../stats/sequential-gate.ts';
import type { Candidate, Evaluation, Example } from '../types.ts';
import { decided, type Decision } from './decision.ts';
import { isInTurn } from './gate-choice.ts';
import type { DualPhaseOptions } from './options.ts';
import type { Search } from './search.ts';

/** Examples the incumbent is asked at a time: enough to keep an engine busy with one beginning of a prompt. */
const block = 10;

/** What the first prompt is asked before the search: all, or the first of the order that all comparisons keep to. */
export function firstLook(options: DualPhaseOptions, order: readonly Example[]): readonly Example[] {
  return isInTurn(options) ? order.slice(0, block) : order;
}

/** Random, and the same for all comparisons of a run. */
export function askingOrder({ random, splits }: RunContext, options: DualPhaseOptions): readonly Example[] {
  return isInTurn(options) ? random.fork('validation order').shuffle(splits.validation) : splits.validation;
}

/** Both evaluations of one candidate, on different examples, as one. */
export function together(first: Evaluation, second: Evaluation): Evaluation {
  const outcomes = [...first.outcomes, ...second.outcomes];
  return { ...first, outcomes, accuracy: mean(outcomes.map(({ score }) => score)) };
}

/** Asks the incumbent up to `count` more examples that it has not been asked. */
async function* askMore(context: RunContext, search: Search, count: number): Steps<void> {
  const { incumbent, validation, order } = search;
  const asked = new Set(validation.outcomes.map(({ exampleId }) => exampleId));
  const more = order.filter(({ id }) => !asked.has(id)).slice(0, count);
  if (more.length === 0) return;
  const why = 'The current prompt on more of the validation examples';
  search.learnedMore(yield* context.evaluate(incumbent, more, 'validation', { why }));
  yield* context.extend(search.validation);
}

/** Asks the incumbent what is left; nothing where it was asked all before. */
export async function* askAll(context: RunContext, search: Search): Steps<void> {
  yield* askMore(context, search, search.order.length);
}

/** The candidate on the next examples that the incumbent is known on, until the gate decides. */
function compare(
  context: RunContext,
  search: Search,
  candidate: Candidate,
  gate: PairedGate,
): Steps<Evaluation> {
  const wasRight = new Map(search.validation.outcomes.map(({ exampleId, correct }) => [exampleId, correct]));
  const rest = search.order.slice(gate.asked);
  const unknown = rest.findIndex(({ id }) => !wasRight.has(id));
  return context.evaluate(candidate, unknown === -1 ? rest : rest.slice(0, unknown), 'validation', {
    why: 'A new wording against the current one on the validation examples',
    watch: ({ correct, exampleId }) => gate.observe(wasRight.get(exampleId) === true, correct) !== null,
  });
}

export async function* decideInTurn(
  context: RunContext,
  search: Search,
  candidate: Candidate,
): Steps<Decision> {
  const { order, options } = search;
  const gate = sequentialGate(order.length, { minGain: options.validationGain, level: options.level });
  let validation = yield* compare(context, search, candidate, gate);
  while (gate.verdict === null) {
    yield* askMore(context, search, block);
    validation = together(validation, yield* compare(context, search, candidate, gate));
  }
  yield decided(candidate, gate);
  const { wins, losses } = gate;
  const isAccepted = gate.verdict === 'accepted';
  return { isAccepted, validation: { ...validation, planned: order.length }, wins, losses };
}
