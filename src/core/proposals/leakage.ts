/**
 * Finds text of the data in a proposed prompt. A prompt that quotes its examples scores well on them and nowhere else.
 */
import type { Example, FailureCase } from '../types.ts';
import { createStretchFinder, flattened, rowOfCharacters, rowOfWords } from './shared-runs.ts';
import { holdsPhrase, normalized, windows, words } from './wording.ts';

/** Shared runs from this length on are leaks (algorithms.md 5.4). */
const leakedWords = 8;
const leakedCharacters = 40;
/** Shorter inputs leak as a whole, from this many words on. */
const shortestInput = 3;
/** `share` of a proposal's words, and how many of them at `least`; `frequency`: share of the inputs a word is in. */
const rareWords = { share: 0.3, least: 3, frequency: 0.05 };

export interface LeakageIndex {
  /**
   * A passage that a proposal shares with a protected input; null when there is none.
   * @param allowed text that may be repeated: the prompt as it is
   */
  sharedPassage(text: string, allowed: string): string | null;
  /** A few of the inputs, one below the other: shows the language of the data. */
  readonly sample: string;
  /** Whether hardly any of the protected inputs hold a (lower-case) word: one, or 5 % of them. */
  isRare(word: string): boolean;
}

/** What every input holds belongs to the task ("Which statement is sarcastic?"), not to an example. */
function createBoilerplateTest(inputs: readonly string[], flatten: (text: string) => string) {
  const flat = inputs.length < 5 ? [] : inputs.map(flatten);
  return (part: string): boolean => flat.length > 0 && flat.every((input) => input.includes(part));
}

function wordFrequencies(inputs: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const input of inputs) {
    for (const word of new Set(words(input))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Inputs of 3 to 7 words: too short for a shared run of 8, a leak when they are quoted whole. */
function shortInputs(inputs: readonly string[]): ReadonlySet<string> {
  const rows = inputs.map(words).filter(({ length }) => length >= shortestInput && length < leakedWords);
  return new Set(rows.map((row) => row.join(' ')).filter((input) => input.length >= 12));
}

function quotedInput(text: string, allowed: string, short: ReadonlySet<string>): string | null {
  if (short.size === 0) return null;
  const items = words(text);
  const sizes = Array.from({ length: leakedWords - shortestInput }, (_, index) => index + shortestInput);
  const found = sizes.flatMap((size) => windows(items, size)).find((part) => short.has(part));
  return found === undefined || holdsPhrase(allowed, found) ? null : found;
}

/** Built once per run over the train and validation examples; up to about a thousand of them in a moment. */
export function createLeakageIndex(examples: readonly Pick<Example, 'input'>[]): LeakageIndex {
  const inputs = [...new Set(examples.map(({ input }) => input))];
  const sharedWords = createStretchFinder(inputs.map(rowOfWords), leakedWords);
  const sharedCharacters = createStretchFinder(inputs.map(rowOfCharacters), leakedCharacters);
  const isBoilerplate = createBoilerplateTest(inputs, normalized);
  const isFlatBoilerplate = createBoilerplateTest(inputs, flattened);
  const frequencies = wordFrequencies(inputs);
  const short = shortInputs(inputs);
  return {
    sample: inputs.slice(0, 5).join('\n'),
    sharedPassage(text, allowed) {
      const [allowedWords, allowedFlat] = [` ${normalized(allowed)} `, flattened(allowed)];
      const isNews = (part: string): boolean => !allowedWords.includes(` ${part} `) && !isBoilerplate(part);
      const isFlatNews = (part: string): boolean => !allowedFlat.includes(part) && !isFlatBoilerplate(part);
      return (
        sharedWords(rowOfWords(text)).find(isNews) ??
        sharedCharacters(rowOfCharacters(text)).find(isFlatNews) ??
        quotedInput(text, allowed, short)
      );
    },
    isRare: (word) => (frequencies.get(word) ?? 0) <= Math.max(1, rareWords.frequency * inputs.length),
  };
}

/** Answers that say nothing about a case: labels, single letters and digits, plain lower-case words. */
function isTelling(answer: string, choices: readonly string[]): boolean {
  const plain = normalized(answer);
  if (choices.some((choice) => normalized(choice) === plain)) return false;
  if (/^(?:yes|no|true|false|valid|invalid|none|unknown|positive|negative|neutral)$/u.test(plain))
    return false;
  if (/\d/u.test(answer)) return (answer.match(/\d/gu) ?? []).length >= 2;
  return plain.length >= 3 && (plain.includes(' ') || /^\P{Ll}*\p{Lu}\p{Ll}/u.test(answer.trim()));
}

/** The expected answer of a shown case that a proposal names and the prompt does not; null when there is none. */
export function leakedAnswer(
  text: string,
  allowed: string,
  failures: readonly FailureCase[],
  choices: readonly string[],
): string | null {
  const telling = failures.map(({ expected }) => expected).filter((expected) => isTelling(expected, choices));
  return telling.find((answer) => holdsPhrase(text, answer) && !holdsPhrase(allowed, answer)) ?? null;
}

/** Words of one shown case, seldom in other inputs, that make up more than 30 % of a proposal; null when they do not. */
export function wordsOfOneCase(
  text: string,
  allowed: string,
  failures: readonly FailureCase[],
  index: LeakageIndex,
): string | null {
  const known = new Set(words(allowed));
  const content = words(text).filter((word) => /^.{4,}$/u.test(word));
  for (const { input } of failures) {
    const own = new Set(words(input).filter((word) => !known.has(word)));
    const rare = content.filter((word) => own.has(word) && index.isRare(word));
    if (new Set(rare).size >= rareWords.least && rare.length / content.length > rareWords.share) {
      return [...new Set(rare)].join(', ');
    }
  }
  return null;
}
