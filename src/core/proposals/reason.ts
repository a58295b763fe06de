/** Words about a cause from the optimizer model. They go into a next question only, never into a prompt. */
import type { Reply } from './ask.ts';
import { shorten } from './meta-format.ts';
import type { Verdict } from './rejection.ts';
import { sanitizeReply } from './sanitize.ts';

/** Words about a cause are short; what a model writes beyond that repeats itself. */
export const reasonTokens = 300;
const reasonCharacters = 600;

/** The accepted text is one line. */
export function judgeReason({ text: reply, finishReason }: Reply): Verdict {
  const { text } = sanitizeReply(reply, { tag: 'reason', finishReason });
  if (!/\p{L}/u.test(text)) return { accepted: false, code: 'empty' };
  if (text.split(/\s+/).length < 3) return { accepted: false, code: 'too-short' };
  return { accepted: true, text: shorten(text.replace(/\s+/g, ' '), reasonCharacters) };
}
