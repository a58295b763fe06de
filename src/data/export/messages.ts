/** The prompt as a chat request: the body that OpenAI-compatible servers take, with `{{input}}` to be filled in. */
import { withBraces, type RequestTemplate } from './request-template.ts';

interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export function messagesOf(template: RequestTemplate): Message[] {
  const system = withBraces(template.system);
  const user: Message = { role: 'user', content: withBraces(template.user) };
  return system === '' ? [user] : [{ role: 'system', content: system }, user];
}

export function toMessagesJson(template: RequestTemplate): string {
  const { temperature, maxTokens, stop } = template;
  const body = { messages: messagesOf(template), temperature, max_tokens: maxTokens, stop };
  return `${JSON.stringify(body, null, 2)}\n`;
}
