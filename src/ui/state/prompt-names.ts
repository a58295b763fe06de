/** Names in a prompt of one's own that the dataset does not have: they would be sent as they are written. */
import { placeholdersOf, replacePlaceholders } from '../../core/prompt/template.ts';
import type { Example } from '../../core/types.ts';

export interface UnknownName {
  readonly name: string;
  /** The name that was probably meant; null when none is near. */
  readonly suggestion: string | null;
}

/** What a prompt may name: the whole input, and the columns that the examples keep. */
export function namesOf(examples: readonly Pick<Example, 'fields'>[]): string[] {
  const columns = new Set<string>();
  for (const { fields } of examples) for (const name in fields) columns.add(name);
  return ['input', ...columns];
}

/** Text in double braces that cannot be a name (`{{#if}}`, `{{"a": 1}}`) is text, and none of our concern. */
const couldBeName = /^[\p{L}_][\p{L}\p{M}\p{N}_ .-]{0,59}$/u;

export function unknownNames(prompt: string, known: readonly string[]): UnknownName[] {
  return placeholdersOf(prompt, known)
    .filter((name) => !known.includes(name) && couldBeName.test(name))
    .map((name) => ({ name, suggestion: nearest(name, known) }));
}

/** `{Message}` is a placeholder, `{message}` is text: where only the case differs, it was probably not meant so. */
export function almostNames(prompt: string, known: readonly string[]): UnknownName[] {
  const inSmall = new Map(known.map((name) => [name.toLowerCase(), name]));
  const found = [...prompt.matchAll(/(?<![\\{])\{([A-Za-z_]\w*)\}(?!\})/g)].map(([, name = '']) => name);
  return [...new Set(found)]
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const suggestion = inSmall.get(name.toLowerCase());
      return suggestion === undefined ? [] : [{ name, suggestion }];
    });
}

/** With the name that was meant in its place. */
export function renamed(prompt: string, name: string, suggestion: string): string {
  return replacePlaceholders(prompt, name, () => `{{${suggestion}}}`);
}

/** With a backslash in front, which keeps it as text. */
export function asText(prompt: string, name: string): string {
  return replacePlaceholders(prompt, name, (literal) => `\\${literal}`);
}

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The same but for case and punctuation, else a few letters away (two in five may differ); the only name there is. */
function nearest(name: string, known: readonly string[]): string | null {
  const [only] = known;
  if (known.length === 1 && only !== undefined) return only;
  const same = known.find((one) => bare(one) === bare(name));
  if (same !== undefined) return same;
  const near = known
    .map((one) => ({ one, away: editsBetween(bare(name), bare(one)) }))
    .filter(({ one, away }) => away <= Math.max(bare(one).length, bare(name).length) * 0.4)
    .sort((a, b) => a.away - b.away);
  return near[0]?.one ?? null;
}

/** Letters to insert, delete or replace (Levenshtein). */
function editsBetween(one: string, two: string): number {
  const [a, b] = [Array.from(one), Array.from(two)];
  let row = [0, ...b.map((_, index) => index + 1)];
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
