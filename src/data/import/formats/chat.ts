/**
 * Conversations as for fine-tuning: OpenAI's `messages`, ShareGPT's `conversations`, Gemini's `contents`, and the
 * `input` + `ideal` of OpenAI's evals. The last reply is the target, what comes before it the input; the system text that all share is
 * the task's description.
 */
import type { Format, RawTable, RowProblem } from '../raw-table.ts';
import { besidesOf, idealOf, messagesOf, systemOf } from './messages.ts';
import { TableBuilder } from './records.ts';
import type { NumberedValue } from './records.ts';
import { transcript, turnOf } from './turns.ts';
import type { Turn } from './turns.ts';
import { isObject } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Conversation {
  readonly system: string;
  readonly input: string;
  readonly target: unknown;
}

/** Whether most of these are conversations. */
export function isChat(values: readonly unknown[]): boolean {
  const found = values.slice(0, 20).filter((value) => isObject(value) && messagesOf(value) !== null).length;
  return found > 0 && found * 2 >= Math.min(values.length, 20);
}

export function readChat(file: string, records: readonly NumberedValue[], format: Format): RawTable {
  const problems: RowProblem[] = [];
  const replied = records.filter(({ value }) => isObject(value) && hasReply(value)).length;
  const hasReplies = replied > 0 && replied * 2 >= records.length; // a few among many questions answer nothing
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

/** A target of the record's own would be a second column of that name. */
function restOf(record: Fields): [string, unknown][] {
  return besidesOf(record).filter(([name]) => name !== 'target' || !hasReply(record));
}

function hasReply(record: Fields): boolean {
  const isReply = (message: unknown): boolean => turnOf(message)?.role === 'assistant';
  return idealOf(record) !== undefined || (messagesOf(record)?.some(isReply) ?? false);
}

/**
 * A conversation, or a sentence that says what is wrong with it.
 * @param hasReplies whether any of the file has one; without, all of every conversation is the input
 */
function conversationOf(record: Fields, hasReplies: boolean): Conversation | string {
  const messages = messagesOf(record);
  if (messages === null) return 'Expected a list of messages, each with a role and its content.';
  const turns: Turn[] = [];
  for (const message of messages) {
    const turn = turnOf(message);
    if (turn === null)
      return 'Expected messages with the role system, user or assistant, and text as content.';
    turns.push(turn);
  }
  const ideal = idealOf(record);
  const last =
    ideal === undefined && hasReplies
      ? turns.findLastIndex(({ role }) => role === 'assistant')
      : turns.findLastIndex(({ role }) => role !== 'assistant') + 1;
  if (last < 0) return 'Expected a reply of the assistant: the last one is the right answer.';
  const asked = turns.slice(0, last).filter(({ role }) => role !== 'system');
  const said = turns.filter(({ role }) => role === 'system').map(({ text }) => text);
  // Where nobody asks, the last text to the system is the question.
  const question = asked.length === 0 ? said.pop() : undefined;
  const before = question === undefined ? asked : [{ role: 'user' as const, text: question }];
  if (before.length === 0) return 'Expected a message of the user before the reply.';
  const system = [systemOf(record), ...said].filter((text) => text !== '');
  return { system: system.join('\n\n'), input: transcript(before), target: ideal ?? turns[last]?.text ?? '' };
}
