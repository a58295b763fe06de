/** Labels found in a piece of text, and which of them is the answer. Shared by the metrics with known answers. */
import { escapePattern } from './normalize-text.ts';

export interface Mention {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** "not valid", "rather than (B)". */
  readonly negated: boolean;
}

const denial =
  "(?:not|cannot|can't|isn't|wasn't|won't|couldn't)(?:\\s+be)?|is no|never|rather than|instead of|unlike";
/** "better than (B)" takes (B) back; "more than 40" is about 40. */
const comparison = '(?:better|more(?:\\s+\\w+){0,3})\\s+than';
const upTo = '\\s+(?:\\w+ly\\s+)?(?:an?\\s+|the\\s+)?(?:option\\s+)?["\'($€£¥]*$';
export const negationPattern = new RegExp(`\\b(?:${denial}|${comparison})${upTo}`, 'i');
/** "neither 43 nor 44"; of labels, both are read as alternatives. */
export const numberDenialPattern = new RegExp(`\\b(?:${denial}|neither)${upTo}`, 'i');

const before = (text: string, start: number): string =>
  text.slice(Math.max(0, start - 60), start).replaceAll('’', "'");

export function isNegated(text: string, start: number): boolean {
  return negationPattern.test(before(text, start));
}

/** The same for a number. */
export function isNumberDenied(text: string, start: number): boolean {
  return numberDenialPattern.test(before(text, start));
}

/** Whole-word mentions, without case; "invalid" is no "valid", and "not the same" is no "same". */
export function findMentions(text: string, labels: readonly string[]): Mention[] {
  const longestFirst = labels.filter((label) => label !== '').sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return [];
  const words = longestFirst.map((label) => escapePattern(label).replace(/\s+/g, '\\s+')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}_])`, 'giu');
  return [...text.matchAll(pattern)].map((match) => ({
    label: labelFor(match[0], longestFirst),
    start: match.index,
    end: match.index + match[0].length,
    negated: isNegated(text, match.index),
  }));
}

function labelFor(found: string, labels: readonly string[]): string {
  const flat = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase();
  const same = labels.filter((label) => flat(label) === flat(found));
  return same.find((label) => label === found) ?? same[0] ?? found;
}

/** What stands between alternatives: "or", "and", a comma, behind a remark in brackets. */
export const jointPattern =
  /^[\s)\]"']*(?:\([^()\n]{1,60}\)\s*)?(?:,?\s*(or|and|and\/or|nor|&|\/)\s*(?:option\s+)?|,)[\s(["']*$/i;

/** The word between two alternatives ("" for a comma alone); null when the text between them says more. */
function jointBetween(text: string, first: Mention, second: Mention): string | null {
  const found = jointPattern.exec(text.slice(first.end, second.start));
  return found && (found[1] ?? '');
}

export const areJoined = (text: string, first: Mention, second: Mention): boolean =>
  jointBetween(text, first, second) !== null;

/** "(A) or (B)" and "(A), (B), or (C)" leave the choice to the reader: that is no answer. */
function isHedged(text: string, mentions: readonly Mention[], marked: boolean): boolean {
  let [from, to] = marked ? [0, 0] : [mentions.length - 1, mentions.length - 1];
  let hasWord = false;
  for (;;) {
    const [first, second] = marked ? [mentions[to], mentions[to + 1]] : [mentions[from - 1], mentions[from]];
    if (first === undefined || second === undefined || first.label === second.label) break;
    const word = jointBetween(text, first, second);
    if (word === null) break;
    hasWord ||= word !== '';
    if (marked) to += 1;
    else from -= 1;
  }
  const isAtEnd = /^\W*$/.test(text.slice(mentions[to]?.end));
  return to > from && (hasWord || isAtEnd || to - from > 1);
}

/** A marked answer is the first mention behind the mark, an unmarked one the last of the line; null when unclear. */
export function chooseMention(text: string, mentions: readonly Mention[], marked: boolean): Mention | null {
  const chosen = marked ? mentions[0] : mentions.at(-1);
  return chosen === undefined || isHedged(text, mentions, marked) ? null : chosen;
}
