/** Asks the optimizer model for text and judges the reply: the one way by which a model's words become a proposal. */
import { isAppError } from '../errors.ts';
import type { Completion, CompletionRequest } from '../language-model.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { ReplyTag } from './meta-format.ts';
import type { Verdict } from './rejection.ts';

export interface Question {
  readonly system: string;
  readonly prompt: string;
  readonly tag: ReplyTag;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number;
  /** Told with a rejection, for the page. */
  readonly sentenceId?: string;
}

export type Reply = Pick<Completion, 'text' | 'finishReason'>;

/**
 * @param judge usually the guard
 * @returns the usable text; null when the reply was rejected, which is told with its reason and counts as an attempt
 */
export async function* askForText(
  context: RunContext,
  question: Question,
  judge: (reply: Reply) => Verdict,
): Steps<string | null> {
  const { reply, verdict } = await ask(context, question, judge);
  if (verdict.accepted) return verdict.text;
  const { code, detail } = verdict;
  const { sentenceId } = question;
  yield {
    type: 'proposal-rejected',
    code,
    reply,
    ...(detail ? { detail } : {}),
    ...(sentenceId === undefined ? {} : { sentenceId }),
  };
  return null;
}

async function ask(
  context: RunContext,
  { system, prompt, tag, maxTokens, temperature, seed }: Question,
  judge: (reply: Reply) => Verdict,
): Promise<{ reply: string; verdict: Verdict }> {
  const request: Omit<CompletionRequest, 'purpose'> = {
    system,
    prompt,
    maxTokens,
    temperature,
    seed,
    stop: [`</${tag}>`],
  };
  try {
    const completion = await context.propose(request);
    return { reply: completion.text, verdict: judge(completion) };
  } catch (error) {
    if (!isAppError(error, 'context-exceeded')) throw error; // too long is this proposal's fault, the rest is not
    return { reply: '', verdict: { accepted: false, code: 'call-failed', detail: error.message } };
  }
}
