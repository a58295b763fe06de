/**
 * An attempt that replaces the whole prompt instead of a sentence: what the other methods do, within the same search,
 * the same failures and the same gates. For comparing the two.
 */
import { joinPrompt, splitPrompt } from '../prompt/split.ts';
import { askForText, type Question } from '../proposals/ask.ts';
import { guardPrompt } from '../proposals/guard.ts';
import { demand, failureBlock } from '../proposals/meta-format.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate, FailureCase } from '../types.ts';
import type { Attempt } from './attempt.ts';
import type { Search } from './search.ts';

/** Where the search keeps the texts that were tried; no sentence has this id. */
const wholePrompt = 'whole prompt';

function question(current: string, failures: readonly FailureCase[]): { system: string; prompt: string } {
  const wrong =
    failures.length === 0
      ? []
      : ['A model that follows it gets these inputs wrong:', '', failureBlock(failures), ''];
  const lines = [
    'This is an instruction for a language model:',
    current,
    '',
    ...wrong,
    'Work out which rules lead to the expected outputs. Then write a new instruction that states them for any input of this kind; do not copy the inputs above and do not name their answers.',
    demand('Write the complete new instruction now.', 'prompt'),
  ];
  return { system: 'You improve an instruction for a language model.', prompt: lines.join('\n') };
}

/** At most `rewritesPerAttempt` new prompts; unusable replies are told. */
export async function* proposeWholePrompts(
  context: RunContext,
  search: Search,
  { shown, random }: Attempt,
): Steps<Candidate[]> {
  const { draftTokens, rewriteTemperature, rewritesPerAttempt } = search.options;
  const { choices, description = '' } = context.task;
  const original = joinPrompt(search.incumbent.sentences);
  const candidates: Candidate[] = [];
  for (let number = 0; number < rewritesPerAttempt; number += 1) {
    yield { type: 'proposing', what: 'Asking for another prompt' };
    const asked: Question = {
      ...question(original, shown),
      tag: 'prompt',
      maxTokens: draftTokens,
      temperature: rewriteTemperature,
      seed: random.fork(`rewrite ${number}`).below(2 ** 31),
    };
    const tried = search.tried.of(wholePrompt).map(({ text }) => text);
    const text = yield* askForText(context, asked, ({ text: reply, finishReason }) =>
      guardPrompt({
        reply,
        finishReason,
        original,
        tried,
        leakage: search.leakage,
        shownFailures: shown,
        choices,
        description,
      }),
    );
    search.rewritesAsked += 1;
    if (text === null) continue;
    search.tried.note(wholePrompt, text);
    search.usableRewrites += 1;
    candidates.push(yield* context.create(splitPrompt(text), search.incumbent.id, { operation: 'whole' }));
  }
  return candidates;
}
