/** Labels found in a piece of text, and which of them is the answer. Shared by the metrics with known answers. */
import { escapePattern } from './normalize-text.ts';

export interface Mention {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** "not valid", "rather than (B)". */
  readonly negated: boolean;
}

const negation =
  /\b(?:not|isn't|is no|never|rather than|instead of)\s+(?:\w+ly\s+)?(?:an?\s+)?(?:option\s+)?["'(]*$/i;

export function isNegated(text: string, start: number): boolean {
  return negation.test(text.slice(Math.max(0, start - 60), start));
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

/** "(A) or (B)" leaves the choice to the reader: that is no answer. */
function isHedged(text: string, first: Mention, second: Mention | undefined): boolean {
  if (second === undefined || first.label === second.label) return false;
  const between = text.slice(first.end, second.start);
  if (/^[\s)\]"']*,?\s*(?:or|and|and\/or|nor|&|\/)\s*(?:option\s+)?[\s(["']*$/i.test(between)) return true;
  return /^[\s)\]"']*,[\s(["']*$/.test(between) && /^\W*$/.test(text.slice(second.end));
}

/** A marked answer is the first mention behind the mark, an unmarked one the last of the line; null when unclear. */
export function chooseMention(text: string, mentions: readonly Mention[], marked: boolean): Mention | null {
  const at = marked ? 0 : mentions.length - 1;
  const chosen = mentions[at];
  if (chosen === undefined) return null;
  const [first, second] = marked ? [chosen, mentions[1]] : [mentions[at - 1] ?? chosen, chosen];
  return isHedged(text, first, second) ? null : chosen;
}
