/**
 * A documented probabilistic model behind the port of language models; `explanation.ts` says in five sentences what it
 * does. It keeps no state that could change a reply: completions do not depend on the order of requests.
 */
import type { CancelToken } from '../../core/cancel.ts';
import { AppError } from '../../core/errors.ts';
import { hashText } from '../../core/hash.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../../core/language-model.ts';
import { cutReply } from '../../core/reply-end.ts';
import type { SimulatedSpec } from '../spec.ts';
import { choicesOf, fitLine } from './constraint.ts';
import { understand } from './coverage.ts';
import type { Understanding } from './coverage.ts';
import { propose } from './optimizer-role.ts';
import { createQueue } from './queue.ts';
import { skills } from './skill.ts';
import { answer } from './task-role.ts';
import type { SimulatedWorld } from './world.ts';

/** Characters per token: a usual estimate for English. */
const charactersPerToken = 4;
const contextWindow = 4096;
/** Tokens per second of a small model on an ordinary laptop, for the recorded cost. */
const prefillSpeed = 600;
const decodeSpeed = 40;
/** Instructions whose understanding is kept. */
const remembered = 512;

export interface SimulatedEnvironment {
  /** Waits for real, for `paceMs`. */
  readonly sleep: (ms: number) => Promise<void>;
}

const tokensIn = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** Understanding a text is pure and is asked for every example again. */
function rememberUnderstanding(world: SimulatedWorld): (instruction: string) => Understanding {
  const known = new Map<string, Understanding>();
  return (instruction) => {
    const found = known.get(instruction) ?? understand(instruction, world);
    if (known.size >= remembered) known.clear();
    known.set(instruction, found);
    return found;
  };
}

function completionOf(request: CompletionRequest, reply: string, isCut: boolean): Completion {
  const promptTokens = tokensIn(request.system) + tokensIn(request.prompt);
  const room = Math.min(request.maxTokens, contextWindow - promptTokens);
  const whole = cutReply(reply, request).text;
  const text = whole.slice(0, room * charactersPerToken);
  const completionTokens = Math.max(1, tokensIn(text));
  return {
    text,
    finishReason: text.length < whole.length || (isCut && whole === reply) ? 'length' : 'stop',
    usage: {
      promptTokens,
      cachedTokens: 0, // what an engine has cached depends on earlier requests, and nothing here may
      completionTokens,
      prefillMs: Math.round((promptTokens / prefillSpeed) * 1000),
      decodeMs: Math.round((completionTokens / decodeSpeed) * 1000),
    },
  };
}

function refuseTooLong({ system, prompt }: CompletionRequest): void {
  const tokens = tokensIn(system) + tokensIn(prompt);
  if (tokens < contextWindow) return;
  throw new AppError(
    'context-exceeded',
    `The prompt has about ${tokens} tokens, and the simulated model reads ${contextWindow}. Shorten the prompt or the examples.`,
  );
}

export function createSimulatedModel(
  spec: SimulatedSpec,
  world: SimulatedWorld,
  { sleep }: SimulatedEnvironment,
): LanguageModel {
  const skill = skills[spec.skill];
  const role = { world, skill, understand: rememberUnderstanding(world) };
  const queue = createQueue();

  function reply(request: CompletionRequest): Completion {
    refuseTooLong(request);
    const choices = choicesOf(request.constraint);
    const { text, isCut } =
      request.purpose === 'answer'
        ? { text: answer(role, request, choices), isCut: false }
        : propose(world, skill, request, choices);
    return completionOf(request, fitLine(text, request.constraint), isCut);
  }

  return {
    // The world is part of what changes replies: an edited dataset is another model.
    identity: {
      engine: 'simulated',
      model: `simulated-${spec.skill}-${hashText(JSON.stringify(world)).slice(0, 8)}`,
    },
    concurrency: 1,
    contextWindow,
    capabilities: { constraints: true, exactUsage: false },
    complete: (request: CompletionRequest, cancel?: CancelToken) =>
      queue(async () => {
        const completion = reply(request);
        if (spec.paceMs) await sleep(spec.paceMs);
        return completion;
      }, cancel),
    countTokens: (text) => Promise.resolve(tokensIn(text)),
  };
}
