/** Inputs that do not fit beside a prompt into the context window that most models in a page have. */
import type { Example } from '../core/types.ts';

/** Tokens of a usual context window, and of it the part that an input may have beside the prompt and the answer. */
export const usualWindow = 4096;
const roomForInput = 3500;

/** Characters of text per token, about: four of ASCII, one of any other script. */
const asciiPerToken = 4;

export interface LongInputs {
  readonly count: number;
  /** Tokens of the longest, about: to two digits. */
  readonly longest: number;
}

/** Null where all of them fit. */
export function findLongInputs(examples: readonly Pick<Example, 'input'>[]): LongInputs | null {
  const tokens = examples.map(({ input }) => tokensAbout(input)).filter((count) => count > roomForInput);
  if (tokens.length === 0) return null;
  const longest = tokens.reduce((a, b) => Math.max(a, b));
  return { count: tokens.length, longest: Number(longest.toPrecision(2)) };
}

function tokensAbout(text: string): number {
  if (text.length <= roomForInput) return 0; // no character is more than a token: it fits
  let ascii = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 128) ascii += 1;
  return ascii / asciiPerToken + (text.length - ascii);
}
