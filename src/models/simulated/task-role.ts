/**
 * The simulated model as task model. For every facet that an example needs and the instruction does not cover, and
 * for the model's own limits, one draw decides whether the answer goes wrong there; the first that does so shapes the
 * wrong answer. Most draws depend on example and facet only (common random numbers), so that better prompts keep what
 * was right; a share depends on the wording too, so that any rewrite flips a few answers both ways.
 */
import type { CompletionRequest } from '../../core/language-model.ts';
import { ramblingReply, unknownQuestion, wordedAnswer } from './answer-form.ts';
import type { Understanding } from './coverage.ts';
import { drawOf, pickOf } from './draws.ts';
import { findExample } from './find-example.ts';
import type { Skill } from './skill.ts';
import type { Facet, SimulatedExample, SimulatedWorld } from './world.ts';

export interface TaskRole {
  readonly world: SimulatedWorld;
  readonly skill: Skill;
  readonly understand: (instruction: string) => Understanding;
}

/** True when the draw for a point of the example is below `probability`; the seed counts when the model samples. */
function succeeds(
  { input }: SimulatedExample,
  point: string,
  probability: number,
  wording: string,
  noise: number,
): boolean {
  const isThrownAnew = drawOf('anew', wording, point, input) < noise;
  const draw = isThrownAnew ? drawOf('new', wording, point, input) : drawOf('example', point, input);
  return draw < probability;
}

type Fault =
  { readonly kind: 'none' } | { readonly kind: 'limits' } | { readonly kind: 'facet'; readonly facet: Facet };

function faultOf(
  { skill, world }: TaskRole,
  example: SimulatedExample,
  { covered, soundness }: Understanding,
  wording: string,
): Fault {
  const missing = world.facets.filter(({ id }) => example.needs.includes(id) && !covered.has(id));
  const facet = missing.find(({ id }) => !succeeds(example, id, skill.luck, wording, skill.noise));
  if (facet) return { kind: 'facet', facet };
  const isRight = succeeds(example, 'limits', skill.base * soundness, wording, skill.noise);
  return { kind: isRight ? 'none' : 'limits' };
}

function slipOf(example: SimulatedExample, fault: Fault): string {
  if (fault.kind === 'none') return example.target;
  const slip = fault.kind === 'facet' ? example.slips[fault.facet.id] : undefined;
  return slip ?? example.slips[''] ?? 'unknown';
}

/** Under a constraint nobody rambles: what does not fit becomes one of the other choices. */
function chosen(choices: readonly string[], wanted: string, example: SimulatedExample, key: string): string {
  const same = (choice: string, text: string): boolean => choice.toLowerCase() === text.toLowerCase();
  const fitting = choices.find((choice) => same(choice, wanted));
  if (fitting !== undefined) return fitting;
  const wrong = choices.filter((choice) => !same(choice, example.target));
  return pickOf(wrong.length > 0 ? wrong : choices, 'choice', key);
}

/** @param choices what the reply is limited to; null when it is free */
export function answer(
  role: TaskRole,
  request: CompletionRequest,
  choices: readonly string[] | null,
): string {
  const found = findExample(request.prompt, role.world.examples);
  if (found === null) return choices === null ? unknownQuestion : pickOf(choices, 'unknown', request.prompt);
  const { example, rest } = found;
  const understanding = role.understand(`${request.system}\n${rest}`);
  const wording =
    request.temperature > 0 ? `${understanding.wording}/${request.seed}` : understanding.wording;
  const key = `${wording}/${example.input}`;
  const fault = faultOf(role, example, understanding, wording);
  const isFormat = fault.kind === 'facet' && fault.facet.kind === 'format';
  if (choices !== null)
    return chosen(choices, isFormat ? example.target : slipOf(example, fault), example, key);
  if (isFormat && example.slips[fault.facet.id] === undefined) return ramblingReply(key);
  const isReasoned = role.world.facets.some(
    ({ id, kind }) => kind === 'step' && understanding.covered.has(id),
  );
  return wordedAnswer(slipOf(example, fault), isReasoned, key);
}
