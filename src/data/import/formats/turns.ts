/** What one says in a conversation, as OpenAI, Anthropic, Gemini, ShareGPT, Cohere and LangChain write it down. */
import { isObject, own, ownText, textOf } from './values.ts';

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

const ROLES: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  model: 'assistant',
  chatbot: 'assistant',
  bot: 'assistant',
  ai: 'assistant',
};

/** Null for what is no turn, or holds more than text. */
export function turnOf(message: unknown): Turn | null {
  if (!isObject(message)) return null;
  const called = ownText(message, 'role') || ownText(message, 'from') || ownText(message, 'type');
  const name = called.toLowerCase();
  const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
  const text = spoken(message);
  return role === undefined || text === null ? null : { role, text };
}

/** The text of a message, wherever it is kept. */
export function spoken(message: unknown): string | null {
  if (typeof message === 'string') return message;
  if (!isObject(message)) return null;
  const found = ['content', 'parts', 'value', 'text', 'message'].map((key) => own(message, key));
  return contentOf(found.find((content) => content !== undefined));
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

export function areTurns(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && list.length > 0 && list.every((message) => turnOf(message) !== null);
}

/** One question stands alone; a longer exchange names its speakers. */
export function transcript(turns: readonly Turn[]): string {
  const [only] = turns;
  if (only !== undefined && turns.length === 1) return only.text;
  return turns.map(({ role, text }) => `${NAMES[role]}: ${text}`).join('\n\n');
}

const NAMES: Readonly<Record<Turn['role'], string>> = {
  system: 'System',
  user: 'User',
  assistant: 'Assistant',
};

interface Message {
  readonly role: string;
  readonly content: string;
}

/** A conversation as one text, as Anthropic published them: "\n\nHuman: … \n\nAssistant: …"; null for other texts. */
export function scriptOf(text: string): readonly Message[] | null {
  const [before, ...parts] = text.trim().split(/(?:^|\n\n)(Human|Assistant): ?/);
  if (before !== '' || parts.length < 4) return null;
  const roles = parts.filter((_, index) => index % 2 === 0);
  return roles.map((role, index) => ({ role, content: parts[index * 2 + 1]?.trim() ?? '' }));
}
