/** Guesses from a task's targets how its answers are to be read and compared. */
import type { ComparedMetric } from '../types.ts';
import { knownPair } from './label-pairs.ts';

/** A few dirty labels must not decide: two in a hundred rows of some public sets are of another form. */
const majority = 0.95;
const mostLabels = 20;

/** "(B)", and "(B) dark red" where the option's text stands with it. */
const isLetter = (target: string): boolean => /^\([A-Za-z]\)(?:\s|$)/.test(target);
const isBareLetter = (target: string): boolean => /^[A-Z][.)]?$/.test(target);
const isBrackets = (target: string): boolean => /^[()[\]{}<>\s]+$/.test(target);
const isNumber = (target: string): boolean =>
  /^[-−]?\s?[$€£¥]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))\s?%?$/.test(target);

/** Of a few targets one may be dirty, once there are enough others of a form that does not come about by chance. */
const fewest = 8;

function most(targets: readonly string[], test: (target: string) => boolean): boolean {
  const others = targets.filter((target) => !test(target)).length;
  const dirty = Math.max((1 - majority) * targets.length, targets.length >= fewest ? 1 : 0);
  return targets.length > 0 && others <= dirty + 1e-9;
}

function countOf(targets: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  return counts;
}

/** Distinct targets, frequent first, without the rare ones that together make up no more than the dirty share. */
function frequent(targets: readonly string[]): string[] {
  const counts = [...countOf(targets)].sort((a, b) => b[1] - a[1]);
  let covered = 0;
  const kept = counts.filter(([, count]) => {
    const isNeeded = covered < majority * targets.length || count > 1;
    covered += count;
    return isNeeded;
  });
  return kept.map(([target]) => target);
}

function isMultipleChoice(targets: readonly string[]): boolean {
  if (most(targets, isLetter)) return true;
  if (!most(targets, isBareLetter)) return false;
  // Letters without brackets may be initials; options fill the alphabet from A on.
  const letters = new Set(targets.filter(isBareLetter).map((target) => target.charCodeAt(0) - 64));
  return letters.size >= 2 && letters.size * 2 >= Math.max(...letters);
}

/** Few distinct short texts, each seen at least twice on average. */
function labelsOf(targets: readonly string[]): string[] {
  const labels = frequent(targets);
  const isShort = (label: string): boolean => label.length <= 40 && label.split(/\s+/).length <= 5;
  const isLabelSet = labels.length >= 2 && labels.length <= mostLabels && targets.length >= 2 * labels.length;
  return isLabelSet && labels.every(isShort) ? labels : [];
}

/** Codes of classes (0 and 1, 0 to 4) rather than quantities. */
function areClassCodes(targets: readonly string[]): boolean {
  const codes = frequent(targets)
    .map(Number)
    .sort((a, b) => a - b);
  return (
    codes.length >= 2 &&
    codes.length <= 5 &&
    targets.length >= 4 * codes.length &&
    codes.every((c, i) => c === i)
  );
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

/** Short items between commas; commas of sentences have long texts between them. */
function areCommaLists(targets: readonly string[]): boolean {
  const isList = (target: string): boolean => {
    const items = itemsOf(target);
    return items.length >= 2 && items.every((item) => wordsOf(item).length <= 3 && !/[.!?]$/.test(item));
  };
  return most(targets, isList);
}

function isAscending(target: string): boolean {
  const items = itemsOf(target).map((item) => item.toLowerCase());
  return items.every((item, index) => (items[index - 1] ?? '') <= item);
}

const trimmed = (targets: readonly string[]): string[] =>
  targets.map((target) => target.trim()).filter((target) => target !== '');

function pairOf(labels: readonly string[]): readonly [string, string] | null {
  const distinct = new Map(labels.map((label) => [label.toLowerCase(), label]));
  return distinct.size <= 2 ? knownPair([...distinct.values()]) : null;
}

export function inferMetric(targets: readonly string[]): ComparedMetric {
  const given = trimmed(targets);
  if (isMultipleChoice(given)) return { kind: 'multiple-choice' };
  if (most(given, isBrackets)) return { kind: 'list', ordered: true, brackets: true };
  const pair = pairOf(frequent(given));
  if (pair) return { kind: 'yes-no', labels: pair };
  if (most(given, isNumber)) return areClassCodes(given) ? { kind: 'label' } : { kind: 'number' };
  if (labelsOf(given).length > 0) return { kind: 'label' };
  if (areSortedWordLists(given)) return { kind: 'list', ordered: true };
  if (areCommaLists(given)) return { kind: 'list', ordered: most(given, isAscending) };
  return { kind: 'exact', ignoreCase: true };
}

/** The labels an answer may be, judged by the targets; empty when answers are open. */
export function inferChoices(targets: readonly string[]): string[] {
  const given = trimmed(targets);
  const metric = inferMetric(given);
  if (metric.kind === 'yes-no') return [...metric.labels];
  if (metric.kind === 'label') return labelsOf(given).sort();
  if (metric.kind !== 'multiple-choice') return [];
  const letters = given.filter((target) => isLetter(target) || isBareLetter(target));
  return [...new Set(letters.map((target) => target.split(/\s/)[0] ?? target))].sort();
}
