/** Pairs of labels with opposite meaning, the affirming one first. */
const pairs = [
  ['yes', 'no'],
  ['true', 'false'],
  ['valid', 'invalid'],
  ['correct', 'incorrect'],
  ['plausible', 'implausible'],
  ['possible', 'impossible'],
] as const;

type Pair = readonly [string, string];

const matchCase = (word: string, example: string): string => {
  if (example === example.toUpperCase() && example.length > 1) return word.toUpperCase();
  return /^\p{Lu}/u.test(example) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
};

/** The known pair that holds exactly these labels, affirming one first, as they are written; null when there is none. */
export function knownPair(labels: readonly string[]): Pair | null {
  const pair = pairs.find((words) => labels.length > 0 && labels.every((label) => isOneOf(words, label)));
  if (pair === undefined) return null;
  const example = labels[0] ?? '';
  const written = (word: string): string =>
    labels.find((label) => label.toLowerCase() === word) ?? matchCase(word, example);
  return [written(pair[0]), written(pair[1])];
}

const isOneOf = (words: readonly string[], label: string): boolean => words.includes(label.toLowerCase());

/** Both labels when only one is known. */
export function guessPair(label: string): Pair {
  return knownPair([label.trim()]) ?? [label, `not ${label}`];
}

/** Other words for an answer, used only where none of the task's own labels is said. */
const affirming = ['yes', 'true', 'correct', 'yeah', 'yep'];
const denying = ['no', 'false', 'incorrect', 'nope'];

/** Other words for a label of a yes/no-like pair; none for pairs with a meaning of their own ("valid"). */
export function synonymsOf(label: string): readonly string[] {
  return [affirming, denying].find((words) => isOneOf(words, label)) ?? [];
}
