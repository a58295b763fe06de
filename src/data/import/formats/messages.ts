/** Where a record keeps its conversation. */
import type { NumberedValue } from './records.ts';
import { areTurns, scriptOf, spoken, turnOf } from './turns.ts';
import { isObject, own, ownList } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Keys of conversations; the first two are named in messages about broken ones. */
const CONVERSATIONS = ['messages', 'conversations', 'conversation', 'contents', 'dialog', 'dialogue'];
/** Replies kept apart from what they answer; those that a person likes better. */
const REPLIES = ['completion', 'preferred_output', 'chosen'];
const SYSTEMS = ['system', 'systemInstruction', 'system_instruction'];
const SESSION = /^(?:session|conversation|thread|chat|dialogue?)_?id$/i;
/** What is not shown beside the conversation, as it is a part of it or must not be in it. */
const TAKEN = new Set([
  ...[...CONVERSATIONS, ...REPLIES, ...SYSTEMS, 'input', 'ideal', 'prompt', 'turns', 'reference'],
  ...['rejected', 'non_preferred_output'],
]);

/** The messages of a record, with the reply that may be kept beside them; null without any. */
export function messagesOf(record: Fields): readonly unknown[] | null {
  const reply = REPLIES.map((key) => turnsOf(own(record, key))).find((turns) => turns !== null);
  const before = conversationIn(record) ?? questionsOf(record);
  if (before === null) return reply ?? null;
  const isWhole = reply?.some((message) => turnOf(message)?.role === 'user') ?? false;
  return isWhole ? (reply ?? null) : [...before, ...(reply ?? [])];
}

/** A list of turns, or a text that names its speakers. */
function turnsOf(value: unknown): readonly unknown[] | null {
  if (typeof value === 'string') return scriptOf(value);
  return areTurns(value) ? value : null;
}

function conversationIn(record: Fields): readonly unknown[] | null {
  const [first, second, ...others] = CONVERSATIONS;
  const usual = [first, second].map((key) => ownList(record, key ?? '')).find((list) => list !== null);
  if (usual?.some(isObject)) return usual;
  const rare = [...others, 'prompt'].map((key) => own(record, key)).find(areTurns);
  const input = ownList(record, 'input');
  return rare ?? (own(record, 'ideal') !== undefined && input?.some(isObject) ? input : null);
}

/** MT-bench's `turns`: what the user asks one after the other. Only the first stands without what is replied. */
function questionsOf(record: Fields): readonly unknown[] | null {
  const turns = ownList(record, 'turns');
  if (turns === null || turns.length === 0 || !turns.every((turn) => typeof turn === 'string')) return null;
  return [{ role: 'user', content: turns[0] }];
}

/** What is said to be right: `ideal`, or the reference for the first of several turns. */
export function idealOf(record: Fields): unknown {
  if (own(record, 'ideal') !== undefined) return own(record, 'ideal');
  if (ownList(record, 'turns') === null) return undefined;
  return ownList(record, 'reference')?.[0];
}

export function systemOf(record: Fields): string {
  return SYSTEMS.map((key) => spoken(own(record, key))).find((text) => text !== null) ?? '';
}

/** The fields beside the conversation. */
export function besidesOf(record: Fields): [string, unknown][] {
  return Object.entries(record).filter(([name]) => !TAKEN.has(name));
}

/** Records that keep their conversation one level down, as batch requests do (`{"body": {"messages": …}}`), opened up. */
export function unwrapped(records: readonly NumberedValue[]): readonly NumberedValue[] {
  return records.map(({ number, value }) => {
    if (!isObject(value) || conversationIn(value) !== null) return { number, value };
    const [name, inner] =
      Object.entries(value).find(([, part]) => isObject(part) && messagesOf(part) !== null) ?? [];
    if (name === undefined || !isObject(inner)) return { number, value };
    const { [name]: _, ...rest } = value;
    return { number, value: { ...rest, ...inner } };
  });
}

/**
 * A list of turns. Worked examples for a prompt: each question with its reply is a conversation. A log of sessions:
 * every reply is one, with all that was said before it.
 */
export function exchangesIn(list: readonly unknown[]): readonly Fields[] | null {
  if (!areTurns(list)) return null;
  const exchanges: Fields[] = [];
  let open: unknown[] = [];
  let session = sessionOf(list[0]);
  for (const message of list) {
    if (sessionOf(message) !== session) open = [];
    session = sessionOf(message);
    open.push(message);
    if (turnOf(message)?.role !== 'assistant') continue;
    exchanges.push({ messages: [...open] });
    if (session === undefined) open = [];
  }
  return exchanges.length > 0 ? exchanges : [{ messages: list }];
}

function sessionOf(message: unknown): unknown {
  if (!isObject(message)) return undefined;
  const name = Object.keys(message).find((key) => SESSION.test(key));
  return name === undefined ? undefined : own(message, name);
}
