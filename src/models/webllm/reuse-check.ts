/** Asks a loaded model the same twice, once in one go and once onto a kept beginning: the two must agree. */
import type { ChatCompletion, ChatCompletionRequestNonStreaming } from '@mlc-ai/web-llm';
import type { PrefixReuse } from './prefix-reuse.ts';

/** The part of `MLCEngine` that is used. */
export interface AskableEngine {
  readonly chat: {
    readonly completions: { create(request: ChatCompletionRequestNonStreaming): Promise<ChatCompletion> };
  };
}

/** Of natural logarithms. 16-bit floats stay well below; a wrong attention is far above. */
const tolerance = 0.2;

const system =
  'You sort messages to a shop. Read the whole message before you decide, and think of what its sender wants most. Answer with one of these labels: billing, delivery, returns, account, praise.';
export const messages = [
  'My parcel should have come on Monday, and the courier says that he never had it.',
  'I was charged twice for the same order; please give me one of the two amounts back.',
] as const;

/** @returns false when what was kept gives other tokens than what was read anew, or was not used at all */
export async function reuseHolds(engine: AskableEngine, reuse: PrefixReuse): Promise<boolean> {
  const [first, second] = messages;
  reuse.forget();
  const whole = await ask(engine, first, 2);
  await ask(engine, second, 1);
  const split = await ask(engine, first, 2);
  return reuse.cachedTokens > 0 && agree(whole, split);
}

export interface Step {
  readonly token: string;
  readonly top_logprobs: readonly { readonly token: string; readonly logprob: number }[];
}

/** What follows a message, step by step. Sampled, not greedy: the probabilities behind a greedy reply come as 0 and 1, and would hide a difference. */
export async function ask(
  engine: AskableEngine,
  message: string,
  maxTokens: number,
): Promise<readonly Step[]> {
  const { choices } = await engine.chat.completions.create({
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: message },
    ],
    max_tokens: maxTokens,
    temperature: 1,
    top_p: 1,
    seed: 1,
    logprobs: true,
    top_logprobs: 5,
  });
  return choices[0]?.logprobs?.content ?? [];
}

/** Every step is compared as long as the same was sampled before it. */
function agree(whole: readonly Step[], split: readonly Step[]): boolean {
  const parted = whole.findIndex(({ token }, i) => token !== split[i]?.token);
  const compared = parted < 0 ? whole : whole.slice(0, parted + 1);
  return compared.length > 0 && compared.every((step, i) => areClose(step, split[i]));
}

/** The same greedy token, and the likeliest ones as likely. */
export function areClose({ top_logprobs: a }: Step, other: Step | undefined): boolean {
  const b = other?.top_logprobs ?? [];
  const isClose = (x: number, y = Number.NaN): boolean => x === y || Math.abs(x - y) < tolerance;
  return (
    a.length > 0 &&
    a[0]?.token === b[0]?.token &&
    a.every(({ logprob }, i) => isClose(logprob, b[i]?.logprob))
  );
}
