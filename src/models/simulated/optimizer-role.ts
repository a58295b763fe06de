/**
 * The simulated model as optimizer model. It knows nothing but the request's text: what is demanded, which cases are
 * shown, what the prompt says. Which method asks makes no difference.
 */
import type { CompletionRequest } from '../../core/language-model.ts';
import type { Random } from '../../core/random.ts';
import { createRandom } from '../../core/random.ts';
import { preambles, refusals } from './phrases.ts';
import { promptReply } from './prompt-reply.ts';
import { reasonReply } from './reason-reply.ts';
import { sentenceReply } from './sentence-reply.ts';
import type { ShownText } from './shown-text.ts';
import { readShown } from './shown-text.ts';
import type { Skill } from './skill.ts';
import type { SimulatedWorld } from './world.ts';

export interface Proposal {
  readonly text: string;
  /** The reply breaks off, as when a model loses itself. */
  readonly isCut: boolean;
}

const replyIn = { prompt: promptReply, sentence: sentenceReply, reason: reasonReply } as const;

/** Tagged as demanded, most of the time; now and then with talk before it or without the tag that closes. */
function tagged(text: string, { tag }: ShownText, random: Random): string {
  const form = random.next();
  if (form < 0.8) return `<${tag}>${text}</${tag}>`;
  if (form < 0.92) return `${random.pick(preambles)}<${tag}>${text}</${tag}>`;
  return `<${tag}>${text}`;
}

/** What small models send instead of what was asked for. */
function broken(text: string, shown: ShownText, random: Random): Proposal {
  const half = text.slice(0, Math.ceil(text.length / 2));
  const failure = shown.cases[0]?.example;
  const forms: readonly Proposal[] = [
    { text: random.pick(refusals), isCut: false },
    { text: `<${shown.tag}>${half}`, isCut: true },
    { text: `${random.pick(preambles)}"${text}"`, isCut: false },
    {
      text: failure ? `<${shown.tag}>${failure.input} ${failure.target}</${shown.tag}>` : '',
      isCut: false,
    },
  ];
  return random.pick(forms);
}

/** The same text, settings and seed give the same stream; greedy decoding has no seed. */
function streamOf({ system, prompt, temperature, seed }: CompletionRequest): Random {
  return createRandom(
    ['propose', system, prompt, temperature, temperature > 0 ? seed : 'greedy'].join('\u0000'),
  );
}

/** @param choices what the reply is limited to; null when it is free. Judging by number or word is left to chance. */
export function propose(
  world: SimulatedWorld,
  skill: Skill,
  request: CompletionRequest,
  choices: readonly string[] | null,
): Proposal {
  const random = streamOf(request);
  if (choices !== null) return { text: random.pick(choices), isCut: false };
  const shown = readShown(request, world);
  const isBroken = random.next() < skill.broken;
  const text = replyIn[shown.tag](shown, world, skill, random);
  return isBroken ? broken(text, shown, random) : { text: tagged(text, shown, random), isCut: false };
}
