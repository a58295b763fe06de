/**
 * How whole-prompt methods ask the optimizer model: for a whole prompt, which becomes a candidate when the guard lets
 * it pass, or for words about a cause. Every text is proposed once in a run.
 */
import type { RunEvent } from '../events.ts';
import type { OptionSpecs, OptionsOf } from '../options.ts';
import { integer, share } from '../options.ts';
import { joinPrompt, splitPrompt } from '../prompt/split.ts';
import { askForText } from '../proposals/ask.ts';
import { guardPrompt } from '../proposals/guard.ts';
import { createLeakageIndex, type LeakageIndex } from '../proposals/leakage.ts';
import { shorten, type ReplyTag } from '../proposals/meta-format.ts';
import { judgeReason, reasonTokens } from '../proposals/reason.ts';
import type { Random } from '../random.ts';
import type { StopReason } from '../report.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, FailureCase } from '../types.ts';

/** Options that every method which writes whole prompts has. */
export function writingOptions(temperature: number) {
  return {
    temperature: share('Sampling temperature of what the optimizer model writes', temperature, 0, 2, {
      advanced: true,
    }),
    promptTokens: integer('Tokens a proposed prompt may take', 700, 50, 4000, {
      unit: 'tokens',
      advanced: true,
    }),
  } as const satisfies OptionSpecs;
}

type WritingOptions = OptionsOf<ReturnType<typeof writingOptions>>;

export interface MetaPrompt {
  readonly system: string;
  readonly prompt: string;
}

interface Asked<T> {
  /** For the page, in words. */
  readonly what: string;
  /** What the meta-prompt shows; the last ones are left out first when the context window is too small. */
  readonly shown: readonly T[];
  readonly ask: (shown: readonly T[]) => MetaPrompt;
  readonly random: Random;
}

export interface AskedPrompt<T> extends Asked<T> {
  /** The prompt to be rewritten; null for a new one. */
  readonly original: Candidate | null;
  /** Shown with their expected answers: the reply may not name these. */
  readonly failures?: readonly FailureCase[];
  /** How the candidate came about, in a few words. */
  readonly note: string;
}

/** Room for role markers and the like, which `countTokens` does not see. */
const chatTemplateTokens = 64;

export class Writer {
  readonly #context: RunContext;
  readonly #options: WritingOptions;
  readonly #hints: readonly string[];
  readonly #leakage: LeakageIndex;
  readonly #texts: string[] = [];
  #asked = 0;
  #shownInStep = { step: 0, times: 0 };

  /** @param hints of the person; read anew for every question */
  constructor(context: RunContext, options: WritingOptions, hints: readonly string[] = []) {
    const { train, validation } = context.splits;
    this.#context = context;
    this.#options = options;
    this.#hints = hints;
    this.#leakage = createLeakageIndex([...train, ...validation]);
  }

  /** How a search ends that did all it was to do. */
  get stopReason(): StopReason {
    if (this.#asked === 0) return 'no-failures';
    return this.#texts.length === 0 ? 'no-usable-proposal' : 'steps-done';
  }

  /** @returns a new candidate; null when the reply was rejected, which is told with its reason */
  async *prompt<T>(asked: AskedPrompt<T>): Steps<Candidate | null> {
    const { original, note, failures = [] } = asked;
    const { description = '', choices } = this.#context.task;
    this.#asked += 1;
    const text = yield* this.#ask(
      asked,
      'prompt',
      this.#options.promptTokens,
      ({ text: reply, finishReason }) =>
        guardPrompt({
          reply,
          finishReason,
          original: original && joinPrompt(original.sentences),
          tried: this.#texts,
          leakage: this.#leakage,
          shownFailures: failures,
          choices,
          description,
        }),
    );
    if (text === null) return null;
    this.#texts.push(text);
    const operation = original ? 'whole' : 'draft';
    return yield* this.#context.create(splitPrompt(text), original?.id ?? null, { operation, note });
  }

  /** Words about a cause, on one line; they go into a next question only, never into a prompt. */
  reason<T>(asked: Asked<T>): Steps<string | null> {
    return this.#ask(asked, 'reason', reasonTokens, judgeReason);
  }

  /** Tells which cases the next question shows. */
  showing(step: number, failures: readonly FailureCase[], of: number): RunEvent {
    const times = this.#shownInStep.step === step ? this.#shownInStep.times + 1 : 1;
    this.#shownInStep = { step, times };
    return { type: 'failures-shown', step, attempt: times, failures, of };
  }

  async *#ask<T>(
    { what, shown, ask, random }: Asked<T>,
    tag: ReplyTag,
    maxTokens: number,
    judge: Parameters<typeof askForText>[2],
  ): Steps<string | null> {
    yield { type: 'proposing', what };
    const question = {
      ...(await this.#fit(shown, (some) => withHints(ask(some), this.#hints), maxTokens)),
      tag,
      maxTokens,
      temperature: this.#options.temperature,
      seed: random.below(2 ** 31),
    };
    return yield* askForText(this.#context, question, judge);
  }

  /** The last resort may still be too long: the engine then refuses it, which is a rejected proposal. */
  async #fit<T>(shown: readonly T[], ask: Asked<T>['ask'], replyTokens: number): Promise<MetaPrompt> {
    const { optimizer } = this.#context.models;
    for (let count = shown.length; count > 0; count -= 1) {
      const asked = ask(shown.slice(0, count));
      const tokens = await optimizer.countTokens(`${asked.system}\n${asked.prompt}`);
      if (tokens + replyTokens + chatTemplateTokens <= optimizer.contextWindow) return asked;
    }
    return ask([]);
  }
}

/** The demand stays last: its two lines say what to reply with. */
function withHints({ system, prompt }: MetaPrompt, hints: readonly string[]): MetaPrompt {
  if (hints.length === 0) return { system, prompt };
  const lines = prompt.split('\n');
  const said = ['', 'The author of the instruction says:', ...hints.map((hint) => `- ${shorten(hint)}`), ''];
  return { system, prompt: [...lines.slice(0, -2), ...said, ...lines.slice(-2)].join('\n') };
}
