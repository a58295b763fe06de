/** Finds the wanted text within a reply: tagged, fenced, in an object, behind a label, or the first line that is no talk. */
import { afterLabel, dropNotes, dropPreambles, isPreambleLine, withoutLabel } from './chatter.ts';
import type { ReplyTag } from './meta-format.ts';
import { words } from './wording.ts';

interface ReplyPart {
  readonly text: string;
  /** Its end was marked in the reply, so that the token limit did not cut it. */
  readonly closed: boolean;
}

const otherTags =
  'new|revised|rewritten|improved|output|result|instruction|sentence|prompt|text|response|final';

/** A closing tag by any of the names models use for it, or its beginning at the end of the reply. */
const closing = new RegExp(`<\\s*[/\\\\]\\s*(?:(?:${otherTags}|reason)\\b\\s*>?|>|$)`, 'iu');

function bodiesOf(reply: string, tag: string): ReplyPart[] {
  const pieces = reply.split(new RegExp(`<\\s*(?:${tag})\\b[^<>\\n]{0,40}>`, 'iu')).slice(1);
  return pieces.map((piece) => {
    const [body = '', ...rest] = piece.split(closing);
    return { text: body.replace(/<[/\\]?\w*$/u, '').trim(), closed: rest.length > 0 };
  });
}

/** The text behind the last open tag, closed or not; a tag that is only mentioned ("between <x> and </x>") is passed over. */
function taggedPart(reply: string, tag: ReplyTag): ReplyPart | null {
  const own = bodiesOf(reply, tag).filter(({ text }) => text !== '');
  const found = own.findLast(({ text }) => words(text).length > 2) ?? own.at(-1);
  if (found !== undefined) return found;
  return bodiesOf(reply, otherTags).findLast(({ text, closed }) => closed && words(text).length > 2) ?? null;
}

/** A reply that closes a tag which the engine had opened for it. */
function partBeforeClosingTag(reply: string, tag: ReplyTag): ReplyPart | null {
  const end = reply.search(new RegExp(`<\\s*/\\s*${tag}\\s*>`, 'iu'));
  const isOpened = new RegExp(`<\\s*${tag}\\b`, 'iu').test(reply);
  return end > 0 && !isOpened ? { text: dropPreambles(reply.slice(0, end)).trim(), closed: true } : null;
}

/** A fenced part. Of a whole prompt, a fence counts only when nothing but talk is before it: prompts may hold code. */
function fencedPart(reply: string, tag: ReplyTag): ReplyPart | null {
  const match = /(?:```|~~~)(?:[\w-]*\n)?([\s\S]*?)(```|~~~|$)/u.exec(reply);
  const text = (match?.[1] ?? '').trim();
  const before = reply.slice(0, match?.index ?? 0).split('\n');
  if (text === '' || (tag !== 'sentence' && !before.every(isPreambleLine))) return null;
  return { text, closed: match?.[2] !== '' };
}

/** The one text of an object such as `{"sentence": "…"}`. */
function partOfObject(reply: string): ReplyPart | null {
  const object = /\{[\s\S]*\}/u.exec(reply)?.[0];
  if (object === undefined || !reply.trim().startsWith('{')) return null;
  try {
    const entries = Object.values(JSON.parse(object) as Record<string, unknown>);
    const [only] = entries;
    return entries.length === 1 && typeof only === 'string' ? { text: only.trim(), closed: true } : null;
  } catch {
    return null; // not JSON: judged as prose by the steps that follow
  }
}

/** Without any mark: of a sentence the first line that is no talk, of longer texts all but the talk around them. */
function unmarkedPart(reply: string, tag: ReplyTag): ReplyPart {
  const text = (tag === 'sentence' ? afterLabel(reply) : null) ?? reply;
  const lines = text.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => line.trim() !== '' && !isPreambleLine(line));
  if (start < 0) return { text: text.trim(), closed: false };
  if (tag === 'sentence') return { text: (lines[start] ?? '').trim(), closed: start < lines.length - 1 };
  return { text: lines.slice(start).join('\n').trim(), closed: false };
}

/** The wanted text of a reply. What is within the marks may still have talk around it, which goes as well. */
export function partOf(reply: string, tag: ReplyTag): ReplyPart {
  const tagged = taggedPart(reply, tag) ?? partBeforeClosingTag(reply, tag);
  const untagged = reply.replace(new RegExp(`<\\s*/?\\s*${tag}\\s*>`, 'giu'), '');
  const part = tagged ?? fencedPart(untagged, tag) ?? partOfObject(untagged) ?? unmarkedPart(untagged, tag);
  const inner = fencedPart(part.text, 'prompt')?.text ?? partOfObject(part.text)?.text ?? part.text;
  const labelled = tag === 'sentence' ? (afterLabel(inner) ?? inner) : withoutLabel(inner);
  return { text: dropNotes(dropPreambles(labelled)), closed: part.closed };
}
