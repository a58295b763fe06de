/** Whether a candidate replaces the incumbent: Eq. 8, or the curtailed exact paired gate, on the validation examples. */
import type { RunContext, Steps } from '../run-context.ts';
import type { Random } from '../random.ts';
import { planGate } from '../stats/curtailed-gate.ts';
import type { GateSettings } from '../stats/gate-rule.ts';
import type { Candidate } from '../types.ts';
import type { DualPhaseOptions } from './options.ts';
import { decided, type Decision } from './decision.ts';
import { asksWrongFirst } from './gate-choice.ts';
import { askAll, decideInTurn } from './in-turn.ts';
import type { Search } from './search.ts';

export function gateSettings({ gate, validationGain, level }: DualPhaseOptions): GateSettings {
  return { rule: gate === 'plain' ? 'plain' : 'exact', minGain: validationGain, level };
}

export async function* decide(
  context: RunContext,
  search: Search,
  candidate: Candidate,
  random: Random,
): Steps<Decision> {
  if (!wrongFirst(search)) return yield* decideInTurn(context, search, candidate);
  yield* askAll(context, search);
  // With all of them known, more may be wrong than it seemed.
  return wrongFirst(search)
    ? yield* decideOnAll(context, search, candidate, random)
    : yield* decideInTurn(context, search, candidate);
}

function wrongFirst({ options, validation: { outcomes } }: Search): boolean {
  const wrong = outcomes.filter(({ correct }) => !correct).length;
  return asksWrongFirst(options, wrong, outcomes.length);
}

/** The incumbent is known on all examples. */
async function* decideOnAll(
  context: RunContext,
  search: Search,
  candidate: Candidate,
  random: Random,
): Steps<Decision> {
  const examples = context.splits.validation;
  const right = new Set(
    search.validation.outcomes.filter(({ correct }) => correct).map(({ exampleId }) => exampleId),
  );
  const incumbentCorrect = examples.map(({ id }) => right.has(id));
  const { order, gate } = planGate(incumbentCorrect, gateSettings(search.options), random);
  const ordered = order.flatMap((index) => examples[index] ?? []);
  const validation = yield* context.evaluate(candidate, gate.verdict === null ? ordered : [], 'validation', {
    why: 'A new wording against the current one on the validation examples',
    watch: ({ correct, exampleId }) => gate.observe(right.has(exampleId), correct) !== null,
  });
  yield decided(candidate, gate);
  const { wins, losses } = gate;
  return { isAccepted: gate.verdict === 'accepted', validation, wins, losses };
}

/** In "ask me" mode the person has the last word on what passed. */
export async function* askPerson(context: RunContext, candidate: Candidate): Steps<boolean> {
  if (!context.asksApproval) return true;
  const keep = await context.approve(candidate);
  yield { type: 'approval-given', candidateId: candidate.id, keep };
  return keep;
}
