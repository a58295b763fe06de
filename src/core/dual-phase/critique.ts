/**
 * Reflective feedback with credit (algorithms.md 3.4): one call looks at the failures and says what causes them and
 * which sentence is to blame. The cause goes into the questions for rewrites; the sentence gets a vote.
 */
import { askForText } from '../proposals/ask.ts';
import { demand, failureBlock } from '../proposals/meta-format.ts';
import { judgeReason, reasonTokens } from '../proposals/reason.ts';
import { isNumbered, numbered } from '../proposals/rewrite-meta-prompt.ts';
import type { Random } from '../random.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { FailureCase, Sentence } from '../types.ts';
import type { Search } from './search.ts';

export interface Critique {
  readonly cause: string;
  /** Null: no sentence is, or it is one that must stay. */
  readonly blamed: Sentence | null;
  /** No sentence is to blame: one is missing. */
  readonly isMissing: boolean;
}

function question(
  sentences: readonly Sentence[],
  failures: readonly FailureCase[],
): { system: string; prompt: string } {
  const lines = [
    'These are the sentences of an instruction:',
    numbered(sentences),
    '',
    'A model that follows the instruction still gets these inputs wrong:',
    failureBlock(failures),
    '',
    'Compare each "Got" with its "Expected". Say in at most 25 words which rule the instruction leaves out or gets wrong.',
    'End with the number of the sentence that is most to blame in square brackets; with [0] when a sentence is missing.',
    demand('Write the cause and the number now.', 'reason'),
  ];
  return { system: 'You find out why an instruction for a language model fails.', prompt: lines.join('\n') };
}

function readCritique(text: string, sentences: readonly Sentence[]): Critique {
  const found = [...text.matchAll(/\[(\d{1,3})\]/g)].at(-1);
  const number = found ? Number(found[1]) : null;
  const blamed = number === null ? undefined : sentences.filter(isNumbered)[number - 1];
  return {
    cause: text.replace(/\s*\[\d{1,3}\]\.?/g, '').trim(),
    blamed: blamed?.optimizable === true ? blamed : null,
    isMissing: number === 0,
  };
}

/** @returns null when there is nothing to look at, or the reply is of no use; the attempt goes on without it */
export async function* askForCause(
  context: RunContext,
  search: Search,
  shown: readonly FailureCase[],
  random: Random,
): Steps<Critique | null> {
  if (!search.options.reflection || shown.length === 0) return null;
  yield { type: 'proposing', what: 'Asking what the failures have in common' };
  const { sentences } = search.incumbent;
  const asked = {
    ...question(sentences, shown),
    tag: 'reason',
    maxTokens: reasonTokens,
    temperature: search.options.rewriteTemperature,
    seed: random.fork('critique').below(2 ** 31),
  } as const;
  const text = yield* askForText(context, asked, judgeReason);
  return text === null ? null : readCritique(text, sentences);
}
