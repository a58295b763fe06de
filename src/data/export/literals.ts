/** Texts as literals of a programming language. JSON's escapes are valid in Python and in JavaScript. */
import type { TemplatePart } from './request-template.ts';

/** One literal per line of the text, so that a person can read it. */
export function literalLines(text: string): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [''];
  return lines.map((line) => quoted(line));
}

export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ue000-\uf8ff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A sum of literals and values, one term per line. `value` writes the term of a named value. */
export function sumOf(
  parts: readonly TemplatePart[],
  indent: string,
  value: (name: string) => string,
): string {
  const terms = parts.flatMap((part) => (typeof part === 'string' ? literalLines(part) : [value(part.name)]));
  return (terms.length === 0 ? ['""'] : terms).join(` +\n${indent}`);
}

/** Text behind a comment sign: no line break can end the comment. */
export function commentLine(text: string): string {
  return text.replace(/[\s\u2028\u2029]+/g, ' ').trim();
}

/** Sentences as lines of comment. `sign`: "#" or "//". */
export function commentLines(sentences: readonly string[], sign: string): string {
  return sentences.map((sentence) => `${sign} ${commentLine(sentence)}`).join('\n');
}
