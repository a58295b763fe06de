/** Gives a rewritten sentence the outer form of the original: its marker, its label, its end (algorithms.md 5.3, 4 and 6). */
import { doubleBraces } from '../prompt/placeholders.ts';

const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
  '„': '“',
  '**': '**',
  __: '__',
  '*': '*',
};

/** Whether the mark at both ends is one pair around everything, not two quotations ('"yes" or "no"'). */
function isOnePair(inner: string, open: string, close: string): boolean {
  const first = inner.indexOf(close);
  if (first < 0) return true;
  return open === close && /(?:^|[\s(])$/u.test(inner.slice(0, first)) && inner.split(close).length % 2 === 1;
}

function peelPair(text: string): string {
  for (const [open, close] of Object.entries(pairs)) {
    if (!text.startsWith(open) || text.length < open.length + close.length + 1) continue;
    const end = /[.!?]?$/u.exec(text)?.[0] ?? '';
    const body = text.endsWith(close) ? text : text.slice(0, text.length - end.length);
    const inner = body.slice(open.length, body.length - close.length);
    if (body.endsWith(close) && isOnePair(inner, open, close)) return inner + (body === text ? '' : end);
  }
  return text;
}

/** A quotation mark at one end whose partner the model forgot. */
function peelSingleMark(text: string): string {
  const straight = text.split('"').length - 1;
  const curved = text.split('“').length - text.split('”').length;
  if (straight === 1 || curved !== 0) return text.replace(/^["“]|["”]$/u, '');
  return text;
}

/** Takes away quotes, backticks and asterisks around the whole text, unless the original has them too. */
export function peelWrapping(text: string, original: string | undefined): string {
  let inner = text.trim();
  for (let layer = 0; layer < 4; layer += 1) {
    const isOfOriginal = original?.startsWith(inner.charAt(0)) === true && peelPair(original) !== original;
    const peeled = isOfOriginal ? inner : peelPair(inner).trim();
    if (peeled === inner) return isOfOriginal ? inner : peelSingleMark(inner);
    inner = peeled;
  }
  return inner;
}

const marker = /^(?:(?:[-*•–+]|\(?\d{1,2}[.)\]:]|\[\d{1,2}\]|\(?[a-z]\))[ \t]+)/u;
const copiedMarker = /^(?:>+\s*|#{1,6}\s+|\d{1,2}\s*>>\s*)+/u;

/** Takes the list marker, heading or `>>` of the reply away and puts the original's own marker back. */
export function restoreMarker(text: string, original: string | undefined): string {
  const bare = text.replace(copiedMarker, '').replace(marker, '').replace(copiedMarker, '');
  return (original === undefined ? '' : (marker.exec(original)?.[0] ?? '')) + bare;
}

const prefix = /^(\*{0,2}\p{Lu}[\p{L}-]*(?: [\p{L}-]+){0,2}\*{0,2}:\*{0,2})\s+\S/u;

/** A text without the marker and the label that it shares with the original. */
export function bodyOf(text: string, original: string | null): string {
  const own = marker.exec(original ?? '')?.[0] ?? '';
  const rest = text.startsWith(own) ? text.slice(own.length) : text;
  const found = prefix.exec((original ?? '').slice(own.length))?.[1] ?? '';
  return rest.startsWith(found) ? rest.slice(found.length).trimStart() : rest;
}

/** Puts the original's label ("Output format:") back in front of a rewrite that has none. */
export function restoreLabel(text: string, original: string | undefined): string {
  const [, found] = prefix.exec((original ?? '').replace(marker, '')) ?? [];
  const own = marker.exec(text)?.[0] ?? '';
  const body = text.slice(own.length);
  if (found === undefined || text === '' || prefix.test(body)) return text;
  const said = body.toLowerCase().startsWith(found.toLowerCase());
  return `${own}${found} ${(said ? body.slice(found.length) : body).trimStart()}`;
}

/** Writes each placeholder as the original writes it: "{{ input }}" may not be found where "{{input}}" is filled in. */
export function restorePlaceholders(text: string, original: string | undefined): string {
  const bare = (found: string): string => found.replace(/\s+/gu, '');
  const known = new Map((original?.match(doubleBraces) ?? []).map((found) => [bare(found), found]));
  return text.replace(doubleBraces, (found) => known.get(bare(found)) ?? found);
}

/** Ends the text as the original ends; a sentence without an original ends with a full stop. */
export function restoreEnd(text: string, original: string | undefined): string {
  const wanted = original === undefined ? '.' : (/[.!?:;。！？]$/u.exec(original.trim())?.[0] ?? '');
  if (text === '' || wanted === '') return text;
  if (wanted === ':' && /[\p{L}\p{N})"”][.]$/u.test(text)) return `${text.slice(0, -1)}:`;
  return /[\p{L}\p{N})"”'’`\]}]$/u.test(text) && !/[.!?]["”'’)]$/u.test(text) ? text + wanted : text;
}
