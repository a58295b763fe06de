/** Finding columns by the names people give them, from the whole name down to its last word. */
import { WHOLE_NAMES, WRONG_WORDS, normalizeName } from './columns.ts';

interface Named {
  readonly name: string;
}

/** "Best Answer", "best_answer", "bestAnswer" and "answer.best" have two words each. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function lastWord(name: string): string {
  return wordsOf(name).at(-1) ?? '';
}

/** "inputs.question.stem" → "stem". */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** "question.choices.text" → "choices.text". */
function lastTwoParts(name: string): string {
  return name.split('.').slice(-2).join('.');
}

/** Answers of models, and those that are wrong on purpose. */
export function isWrongAnswer({ name }: Named): boolean {
  const words = wordsOf(lastPart(name));
  return words.includes('not') || WRONG_WORDS.has(words[0]?.replace(/\d+$/, '') ?? '');
}

const byParts = [(name: string) => name, lastTwoParts, lastPart].map(
  (part) => (name: string) => normalizeName(part(name)),
);

function byLastWord(name: string): string {
  const word = lastWord(name);
  return WHOLE_NAMES.has(word) ? '' : word;
}

/**
 * The columns that have one of these names, the best match first: the whole name before its last parts
 * ("inputs.question"), these before its last word ("customer_message"), and of equals the more telling name.
 */
export function allByName<Column extends Named>(
  columns: readonly Column[],
  names: readonly string[],
): Column[] {
  const found = new Set<Column>();
  for (const keyOf of [...byParts, byLastWord]) {
    const keys = columns.map((column) => keyOf(column.name));
    for (const name of names)
      columns.forEach((column, index) => {
        if (keys[index] === name) found.add(column);
      });
  }
  return [...found];
}

/** The first column that is called so, or whose last part is; its last word alone is not enough. */
export function byName<Column extends Named>(
  columns: readonly Column[],
  names: readonly string[],
): Column | undefined {
  for (const keyOf of byParts) {
    for (const name of names) {
      const column = columns.find((one) => keyOf(one.name) === name);
      if (column !== undefined) return column;
    }
  }
  return undefined;
}
