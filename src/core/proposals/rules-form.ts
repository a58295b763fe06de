/** Rules for the outer form of a proposal: length, loops, leftover markup, data in place of prose. */
import { newMatch, type Subject } from './subject.ts';
import { windows, words } from './wording.ts';

/** Fewer than three words are no instruction, unless the original is about as short ("Think first."). */
export function tooShort({ text, original }: Subject): string | null {
  const before = words(original ?? '').length;
  const least = original === null ? 3 : Math.min(3, Math.max(2, before - 2), Math.max(1, before));
  return words(text).length < least ? text : null;
}

const limits = { sentenceWords: 60, sentenceGrowth: 3, promptWords: 150, promptGrowth: 1.5, draftWords: 500 };

/** A short prompt may grow to 150 words: 1.5 times "Answer the question." would leave no room at all. */
function mostWords({ scope, original, mostWords: given }: Subject): number {
  if (given !== undefined) return given;
  const before = words(original ?? '').length;
  if (scope === 'sentence') return Math.max(limits.sentenceWords, limits.sentenceGrowth * before);
  return original === null ? limits.draftWords : Math.max(limits.promptWords, limits.promptGrowth * before);
}

export function tooLong(subject: Subject): string | null {
  const [count, most] = [words(subject.text).length, mostWords(subject)];
  return count > most ? `${count} words, at most ${Math.floor(most)}` : null;
}

function mostFrequent(items: readonly string[]): { item: string; count: number } {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].reduce((most, [item, count]) => (count > most.count ? { item, count } : most), {
    item: '',
    count: 0,
  });
}

/** A long prompt says "the number of items" more than once; a loop fills a good part of the text. */
function loopOfWords({ text, scope }: Subject): string | null {
  const tokens = words(text);
  const { item, count } = mostFrequent(windows(tokens, 4));
  const least = scope === 'sentence' ? 3 : Math.max(4, (0.25 * tokens.length) / 4);
  return count >= least ? item : null;
}

function repeatedLine({ text }: Subject): string | null {
  const lines = text.split(/\n+|(?<=[.!?])\s+/u).filter((line) => words(line).length >= 3);
  const { item, count } = mostFrequent(lines);
  return count >= 3 ? item : null;
}

const stutter =
  /(?<![\p{L}\p{N}])([\p{L}\p{N}]+)(?:[\s,.;!-]+\1){3,}(?![\p{L}\p{N}])|([^\s\d_.*#-])\2{7,}|([!?.,])\3{5,}/iu;

export function repetition(subject: Subject): string | null {
  const stuttered = newMatch(stutter, subject.text, subject.reference);
  return stuttered ?? loopOfWords(subject) ?? repeatedLine(subject);
}

const data = [
  /^\s*(?!\{\{)[[{]\s*(?:["'{[]|$)/u,
  /"[\w -]{1,40}"\s*:\s*(?:["[{\d]|true|false|null)/u,
  /\|[^|\n]*\|[^|\n]*\|/u,
  /(?:^|\n)\s*(?:def \w+\(|import \w+|from \w+ import|class \w+[:(]|function \w*\(|const \w+ =|let \w+ =|print\(|return \w+[;(]|for \w+ in .*:$|if .*:\s*return|SELECT .* FROM|#include|<\?php|console\.log\()/mu,
  /\b(?:def|lambda) \w*\(?[^)]{0,40}\)?:|\b\w+\([^)]*\)\.\w+\(|=>\s*[{(]|;\s*(?:return|\}|$)/u,
];

/** A statement of an output format may hold an object: what the prompt has, a rewrite may have. */
export function structuredData({ body: text, original, reference, scope }: Subject): string | null {
  const known = original ?? reference;
  const patterns = scope === 'sentence' ? data : data.slice(0, 1);
  const hits = patterns.map((pattern) => newMatch(pattern, text, known));
  return hits.find((hit) => hit !== null) ?? null;
}

/** Anything in angle brackets that begins with a letter: tags, and blanks to fill in such as "<Your answer!>". */
const tag = /<\/?[a-z][^<>]*>/giu;

function newTag(text: string, reference: string): string | null {
  const known = new Set(reference.toLowerCase().match(tag));
  return (text.match(tag) ?? []).find((found) => !known.has(found.toLowerCase())) ?? null;
}

const brokenTag = /<\/?(?:think|sentence|prompt|new|revised|output)\b|<\s*\/|<\|/iu;
const sentenceMarkup =
  /#{2,}|`{3}|~{3}|\*\*|(?:^|\s)-{3,}(?:\s|$)|!?\[[^\]]*\]\([^)]*\)|\\(?:n|boxed|text|frac)\b/u;

function unclosedBracket(text: string): string | null {
  const bare = text.replace(/["'“‘`][^\p{L}\p{N}]{1,12}["'”’`]/gu, ''); // '"("' names a bracket
  const missing = [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ].find(([open = '', close = '']) => bare.split(open).length > bare.split(close).length);
  return missing?.[0] ?? null;
}

export function markup({ text, scope, reference }: Subject): string | null {
  const left = newTag(text, reference) ?? newMatch(brokenTag, text, reference);
  if (left !== null) return left;
  const marks = scope === 'sentence' ? sentenceMarkup : /^(?:(?!```)[\s\S])*```(?:(?!```)[\s\S])*$/u;
  const mark = newMatch(marks, text, reference);
  if (mark !== null) return scope === 'sentence' ? mark : '```';
  return unclosedBracket(reference) === null ? unclosedBracket(text) : null;
}
