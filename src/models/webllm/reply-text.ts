/** What becomes of the engine's message before it is a reply. */

/** What the engine puts before the reply when a thinking model is told not to think. */
export const emptyThoughts = '<think>\n\n</think>\n\n';

export function withoutThoughts(message: string): string {
  return message.replace(/^\s*<think>[\s\S]*?<\/think>\s*/, '');
}
