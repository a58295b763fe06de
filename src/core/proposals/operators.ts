/**
 * Proposals that need little or no intellect of the optimizer model (algorithms.md 5.1). The gate decides on them as
 * on any other, so that a run can improve a prompt although the model that writes is weak.
 */
import type { Random } from '../random.ts';
import { detectLanguage } from './language.ts';
import { holdsPhrase, jaccard, words } from './wording.ts';

/** Written by hand, true for any task; English. */
export const sentenceLibrary: readonly string[] = [
  'Read the whole input twice before you answer.',
  'Work through the problem step by step.',
  'Break the question into smaller parts and solve them one after the other.',
  'Write down the facts that the input states before you draw a conclusion.',
  'Use only what the input says, and nothing that you assume.',
  'Restate in your own words what is asked before you begin.',
  'Check every step once more before you give the answer.',
  'Compare your answer with the question and correct it if they do not fit.',
  'Consider every option before you choose one.',
  'Watch for negations, exceptions and small words that change the meaning.',
  'Go through the items one by one and leave none out.',
  'Apply the rules exactly as they are stated, even when the result looks unusual.',
  'If two answers seem possible, choose the one that the input supports best.',
  'Put the final answer on the last line.',
  'Give only the answer, without an explanation.',
  'Use the same wording and format for every answer.',
];

/** A change that is asked for in place of free reflection. */
export interface RewriteOperator {
  readonly id: 'shorten' | 'explicit' | 'check' | 'format' | 'paraphrase';
  /** For the page, e.g. as a candidate's note. */
  readonly name: string;
  /** One demand for the meta-prompt, about "the sentence". */
  readonly instruction: string;
}

export const rewriteOperators: readonly RewriteOperator[] = [
  {
    id: 'shorten',
    name: 'shortened',
    instruction: 'Say the same in fewer words. Leave out what the reader knows already.',
  },
  {
    id: 'explicit',
    name: 'made more explicit',
    instruction: 'Make the sentence more exact: name what to look at and what to do with it.',
  },
  {
    id: 'check',
    name: 'with a check',
    instruction: 'Keep what the sentence says and add how to check the result before answering.',
  },
  {
    id: 'format',
    name: 'with the output format',
    instruction: 'Keep what the sentence says and add what the answer must look like.',
  },
  {
    id: 'paraphrase',
    name: 'in other words',
    instruction: 'Say the same in other words, as a short command.',
  },
];

/** A random operator per call gives more variety than asking the same question again. */
export function pickOperator(random: Random): RewriteOperator {
  return random.pick(rewriteOperators);
}

function saysAlready(prompt: string, sentence: string): boolean {
  if (holdsPhrase(prompt, sentence)) return true;
  const own = words(sentence);
  return prompt.split(/(?<=[.!?])\s+|\n+/u).some((part) => jaccard(words(part), own) > 0.6);
}

/**
 * A sentence of the library that the prompt does not say already.
 * @param tried sentences not to propose again
 * @returns null when none is left, or when the prompt is not known to be English
 */
export function pickInsertion(prompt: string, tried: readonly string[], random: Random): string | null {
  if (detectLanguage(prompt) !== 'en') return null;
  const fresh = sentenceLibrary.filter(
    (sentence) => !tried.includes(sentence) && !saysAlready(prompt, sentence),
  );
  return fresh.length === 0 ? null : random.pick(fresh);
}
