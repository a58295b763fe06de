/**
 * The parts every meta-prompt is made of, in one form for all methods. Small models copy what they see, so the
 * form is plain: labelled lines for cases, one tag for the reply, and the demand last (algorithms.md 5.1).
 */
import type { Example, FailureCase } from '../types.ts';

/** The tag a reply is asked in. `prompt`: a whole prompt. `sentence`: one sentence. `reason`: words about a cause. */
export type ReplyTag = 'prompt' | 'sentence' | 'reason';

/** Longest shown field of a case, in characters. */
export const shownCharacters = 300;

export function shorten(text: string, limit = shownCharacters): string {
  const flat = text.trim();
  return flat.length <= limit ? flat : `${flat.slice(0, limit - 1)}…`;
}

export function exemplarBlock(examples: readonly Example[]): string {
  return examples
    .map(({ input, target }) => `Input: ${shorten(input)}\nOutput: ${shorten(target)}`)
    .join('\n\n');
}

export function failureBlock(failures: readonly FailureCase[]): string {
  return failures
    .map(
      ({ input, expected, got }) =>
        `Input: ${shorten(input)}\nExpected: ${shorten(expected)}\nGot: ${shorten(got)}`,
    )
    .join('\n\n');
}

/** What a reply looks like, for another task, by what it replaces; the guard rejects a model that repeats it. */
export const demonstrations = {
  sentence: 'Sort the colours by name and separate them with commas.',
  phrase: 'and separate the colours with commas,',
  word: 'colours and shapes',
} as const;

/** The closing demand; always the last lines of a meta-prompt. */
export function demand(what: string, tag: ReplyTag): string {
  return `${what}\nReply with nothing but the text between <${tag}> and </${tag}>.`;
}
