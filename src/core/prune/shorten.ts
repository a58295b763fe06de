/** A sentence that cannot be left out, in fewer words: one call of the optimizer model. */
import { askForText } from '../proposals/ask.ts';
import { guardSentence } from '../proposals/guard.ts';
import type { LeakageIndex } from '../proposals/leakage.ts';
import { rewriteOperators } from '../proposals/operators.ts';
import { fitRewrite } from '../proposals/rewrite-meta-prompt.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Sentence } from '../types.ts';

const replyTokens = 120;
const nothingShown = { failures: [], broken: [], tried: [], hints: [] } as const;

/** Null when the reply was of no use or no shorter. */
export async function* shorterWording(
  context: RunContext,
  sentences: readonly Sentence[],
  target: Sentence,
  leakage: LeakageIndex,
): Steps<string | null> {
  const operator = rewriteOperators.find(({ id }) => id === 'shorten');
  if (!operator) return null;
  yield { type: 'proposing', what: 'Asking for a shorter wording', sentenceId: target.id };
  const parts = { ...nothingShown, sentences, target, operator: operator.instruction };
  const { system, prompt } = await fitRewrite(context.models.optimizer, parts, replyTokens);
  const question = {
    system,
    prompt,
    tag: 'sentence',
    maxTokens: replyTokens,
    temperature: 0,
    seed: 0,
    sentenceId: target.id,
  } as const;
  const text = yield* askForText(context, question, ({ text: reply, finishReason }) =>
    guardSentence({
      reply,
      finishReason,
      original: target.content,
      sentences,
      tried: [],
      leakage,
      choices: context.task.choices,
    }),
  );
  return text !== null && text.length < target.content.length ? text : null;
}
