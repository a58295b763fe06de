/** Guesses from a task's targets how its answers are to be read and compared. */
import type { ComparedMetric, Metric } from '../types.ts';
import { areClassCodes, areLabelLists, frequent, labelsOf, majority, type Given } from './infer-labels.ts';
import { inferProse } from './infer-prose.ts';
import { knownPair } from './label-pairs.ts';

/** "(B)", and "(B) dark red" where the option's text stands with it. */
const isLetter = (target: string): boolean => /^\([A-Za-z]\)(?:\s|$)/.test(target);
const isBareLetter = (target: string): boolean => /^[A-Z][.)]?$/.test(target);
const isBrackets = (target: string): boolean => /^[()[\]{}<>\s]+$/.test(target);
const isNumber = (target: string): boolean =>
  /^[-−]?\s?[$€£¥]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))\s?%?$/.test(target);

/** Of a few targets one may be dirty, once there are enough others of a form that does not come about by chance. */
const fewest = 8;

/** Ends with the first target too many: of 100,000 most tests need no more than 5,000. */
function most(targets: readonly string[], test: (target: string) => boolean): boolean {
  const dirty = Math.max((1 - majority) * targets.length, targets.length >= fewest ? 1 : 0);
  let others = 0;
  for (const target of targets) {
    if (!test(target)) others += 1;
    if (others > dirty + 1e-9) return false;
  }
  return targets.length > 0;
}

/** Options with bare letters; more letters are the answers of a task about letters. */
const mostBare = 10;

function isMultipleChoice(targets: readonly string[]): boolean {
  if (most(targets, isLetter)) return true;
  if (!most(targets, isBareLetter)) return false;
  // Letters without brackets may be initials; options fill the alphabet from A on.
  const letters = new Set(targets.filter(isBareLetter).map((target) => target.charCodeAt(0) - 64));
  return letters.size >= 2 && letters.size <= mostBare && letters.size * 2 >= Math.max(...letters);
}

const wordsOf = (target: string): string[] => target.split(/\s+/);

function isSortedWords(target: string): boolean {
  const words = wordsOf(target);
  return words.every(
    (word, index) => /^[\p{L}\p{N}][^,;:.!?]*$/u.test(word) && (words[index - 1] ?? '') <= word,
  );
}

/** Words in alphabetical order throughout: the order is the task. */
function areSortedWordLists(targets: readonly string[]): boolean {
  const words = targets.reduce((sum, target) => sum + wordsOf(target).length, 0);
  return words >= 3 * targets.length && most(targets, isSortedWords);
}

const itemsOf = (target: string): string[] => target.split(/\s*[,;\n]\s*/).filter((item) => item !== '');

const month = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?';
/** "March 1, 1950", "1 March, 1950": the comma belongs to the date. */
const date = new RegExp(
  `\\b(?:${month}\\s+\\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)?\\s+${month}|${month}),\\s*\\d{4}\\b`,
  'i',
);
/** "1,200 km": the comma belongs to the number. */
const isAmount = (target: string): boolean => /^\D*\d{1,3}(?:,\d{3})+(?!\d)[^,;\n]*$/.test(target);
const isCode = (target: string): boolean =>
  /[{}=\\]|\w\(|^\s*select\b[^]*\bfrom\b|^\s*(?:def|import|return|function)\s/i.test(target);

/** Short items between commas; commas of sentences have long texts between them. */
function areCommaLists(targets: readonly string[]): boolean {
  const isList = (target: string): boolean => {
    if (date.test(target) || isAmount(target) || isCode(target)) return false;
    const items = itemsOf(target);
    return items.length >= 2 && items.every((item) => wordsOf(item).length <= 3 && !/[.!?]$/.test(item));
  };
  return most(targets, isList);
}

function isAscending(target: string): boolean {
  const items = itemsOf(target).map((item) => item.toLowerCase());
  return items.every((item, index) => (items[index - 1] ?? '') <= item);
}

function isJsonObject(target: string): boolean {
  if (!target.startsWith('{') || !target.endsWith('}')) return false;
  try {
    return typeof JSON.parse(target) === 'object';
  } catch {
    return false;
  }
}

function pairsOf(targets: readonly string[], inputs: readonly string[]): Given[] {
  return targets
    .map((target, index) => ({ target: target.trim(), input: inputs[index] ?? null }))
    .filter(({ target }) => target !== '');
}

function pairOf(labels: readonly string[]): readonly [string, string] | null {
  const distinct = new Map(labels.map((label) => [label.toLowerCase(), label]));
  return distinct.size <= 2 ? knownPair([...distinct.values()]) : null;
}

/** @param inputs of the same examples; they show whether answers are picked out of them, or say them in other words */
export function inferMetric(targets: readonly string[], inputs: readonly string[] = []): ComparedMetric {
  return metricFor(pairsOf(targets, inputs));
}

function metricFor(pairs: readonly Given[]): ComparedMetric {
  const given = pairs.map(({ target }) => target);
  if (isMultipleChoice(given)) return { kind: 'multiple-choice' };
  if (most(given, isBrackets)) return { kind: 'list', ordered: true, brackets: true };
  if (most(given, isJsonObject)) return { kind: 'json' };
  const pair = pairOf(frequent(given));
  if (pair) return { kind: 'yes-no', labels: pair };
  if (most(given, isNumber)) return areClassCodes(given) ? { kind: 'label' } : { kind: 'number' };
  if (areLabelLists(given)) return { kind: 'list', ordered: false };
  if (labelsOf(pairs).length > 0) return { kind: 'label' };
  if (areSortedWordLists(given)) return { kind: 'list', ordered: true };
  if (areCommaLists(given)) return { kind: 'list', ordered: most(given, isAscending) };
  return inferProse(pairs) ?? { kind: 'exact', ignoreCase: true };
}

/**
 * The labels an answer may be, judged by the targets; empty when answers are open.
 * @param metric what `inferMetric` says, where it has been asked already
 */
export function inferChoices(
  targets: readonly string[],
  inputs: readonly string[] = [],
  metric: Metric = inferMetric(targets, inputs),
): string[] {
  const pairs = pairsOf(targets, inputs);
  if (metric.kind === 'yes-no') return [...metric.labels];
  if (metric.kind === 'label') return labelsOf(pairs).sort();
  return metric.kind === 'multiple-choice' ? lettersUpTo(pairs.map(({ target }) => target)) : [];
}

/** From A to the last letter seen: an option that is never right is one as well. */
function lettersUpTo(targets: readonly string[]): string[] {
  const isBracketed = most(targets, isLetter);
  const letters = targets
    .filter((target) => isLetter(target) || isBareLetter(target))
    .map((target) => target.replace(/^\(/, '').charAt(0));
  const first = letters.every((letter) => letter >= 'a') ? 'a' : 'A';
  const last = letters
    .map((letter) => (first === 'A' ? letter.toUpperCase() : letter))
    .toSorted()
    .at(-1);
  const count = (last ?? first).charCodeAt(0) - first.charCodeAt(0) + 1;
  return Array.from({ length: count }, (_, index) => {
    const letter = String.fromCharCode(first.charCodeAt(0) + index);
    return isBracketed ? `(${letter})` : letter;
  });
}
