/**
 * Conversations as for fine-tuning: OpenAI's `messages`, ShareGPT's `conversations`, and the `input` + `ideal` of
 * OpenAI's evals. The last reply is the target, what comes before it the input; the system text that all share is
 * the task's description.
 */
import type { Format, RawTable, RowProblem } from '../raw-table.ts';
import { TableBuilder } from './records.ts';
import type { NumberedValue } from './records.ts';
import { isObject, own, ownList, ownText, textOf } from './values.ts';

interface Turn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

interface Conversation {
  readonly system: string;
  readonly input: string;
  readonly target: unknown;
}

const ROLES: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  model: 'assistant',
};

/** Records that keep their conversation one level down, as batch requests do (`{"body": {"messages": …}}`), opened up. */
export function unwrapped(records: readonly NumberedValue[]): readonly NumberedValue[] {
  return records.map(({ number, value }) => {
    if (!isObject(value) || messagesOf(value) !== null) return { number, value };
    const [name, inner] = Object.entries(value).find(([, part]) => isObject(part) && messagesOf(part)) ?? [];
    if (name === undefined || !isObject(inner)) return { number, value };
    const { [name]: _, ...rest } = value;
    return { number, value: { ...rest, ...inner } };
  });
}

/** Whether most of these are conversations. */
export function isChat(values: readonly unknown[]): boolean {
  const found = values.slice(0, 20).filter((value) => isObject(value) && messagesOf(value) !== null).length;
  return found > 0 && found * 2 >= Math.min(values.length, 20);
}

export function readChat(file: string, records: readonly NumberedValue[], format: Format): RawTable {
  const problems: RowProblem[] = [];
  const hasReplies = records.some(({ value }) => isObject(value) && hasReply(value));
  const conversations: { number: number; conversation: Conversation; rest: [string, unknown][] }[] = [];
  for (const { number, value } of records) {
    const conversation = isObject(value)
      ? conversationOf(value, hasReplies)
      : 'Expected an object with “messages”.';
    if (typeof conversation === 'string')
      problems.push({ row: number, field: 'messages', message: conversation });
    else conversations.push({ number, conversation, rest: isObject(value) ? restOf(value) : [] });
  }
  const systems = new Set(conversations.map(({ conversation }) => conversation.system));
  const shared = systems.size === 1 ? ([...systems][0] ?? '') : null;
  const builder = new TableBuilder(file);
  for (const { number, conversation, rest } of conversations) {
    const { system, input, target } = conversation;
    const context: [string, unknown][] = shared === null ? [['system', system]] : [];
    const answer: [string, unknown][] = hasReplies ? [['target', target]] : [];
    builder.add(number, [['input', input], ...answer, ...context, ...rest]);
  }
  return builder.table(format, { problems, description: shared ?? '' });
}

function restOf(record: Readonly<Record<string, unknown>>): [string, unknown][] {
  const taken = ['messages', 'conversations', 'input', 'ideal', 'system'];
  return Object.entries(record).filter(
    ([name]) => !taken.includes(name) && (name !== 'target' || !hasReply(record)),
  );
}

function hasReply(record: Readonly<Record<string, unknown>>): boolean {
  const isReply = (message: unknown): boolean => turnOf(message)?.role === 'assistant';
  return own(record, 'ideal') !== undefined || (messagesOf(record)?.some(isReply) ?? false);
}

/**
 * A conversation, or a sentence that says what is wrong with it.
 * @param hasReplies whether any of the file has one; without, all of every conversation is the input
 */
function conversationOf(
  record: Readonly<Record<string, unknown>>,
  hasReplies: boolean,
): Conversation | string {
  const messages = messagesOf(record);
  if (messages === null) return 'Expected a list of messages, each with a role and its content.';
  const turns: Turn[] = [];
  for (const message of messages) {
    const turn = turnOf(message);
    if (turn === null)
      return 'Expected messages with the role system, user or assistant, and text as content.';
    turns.push(turn);
  }
  const ideal = own(record, 'ideal');
  const last =
    ideal === undefined && hasReplies
      ? turns.findLastIndex(({ role }) => role === 'assistant')
      : turns.length;
  if (last < 0) return 'Expected a reply of the assistant: the last one is the right answer.';
  const before = turns.slice(0, last).filter(({ role }) => role !== 'system');
  if (before.length === 0) return 'Expected a message of the user before the reply.';
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => text);
  return { system: system.join('\n\n'), input: transcript(before), target: ideal ?? turns[last]?.text ?? '' };
}

/** One question stands alone; a longer exchange names its speakers. */
function transcript(turns: readonly Turn[]): string {
  const [only] = turns;
  if (only !== undefined && turns.length === 1) return only.text;
  return turns.map(({ role, text }) => `${role === 'user' ? 'User' : 'Assistant'}: ${text}`).join('\n\n');
}

function messagesOf(record: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  const messages = ownList(record, 'messages') ?? ownList(record, 'conversations');
  if (messages?.some(isObject)) return messages;
  const input = ownList(record, 'input');
  return own(record, 'ideal') !== undefined && input?.some(isObject) ? input : null;
}

function turnOf(message: unknown): Turn | null {
  if (!isObject(message)) return null;
  const name = (ownText(message, 'role') || ownText(message, 'from')).toLowerCase();
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  const text = contentOf(own(message, 'content') ?? own(message, 'value'));
  return role === undefined || text === null ? null : { role, text };
}

/** Plain text, or the text parts of a list of parts; null for images, tool calls and the like. */
function contentOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const parts = content.filter((part) => isObject(part) && typeof own(part, 'text') === 'string');
  return parts.length === content.length
    ? parts.map((part) => (isObject(part) ? textOf(own(part, 'text')) : '')).join('\n')
    : null;
}
