/** Replies limited to choices, written together: what they may go on with is what the engine's own grammar says. */
import type { CompletionRequest } from '../../../../src/core/language-model.ts';
import { ChoiceWalk } from '../../../../src/models/webllm/choice-walk.ts';
import type { Vocabulary } from '../../../../src/models/webllm/vocabulary.ts';
import { inputs, request, rig } from './reuse-rig.ts';

/** No letter of Latin-1 before a hex digit: the XGrammar of 0.2.79 misreads those even across literals (`grammar-of.ts`). */
const choices = ['deliver', 'delivery', 'a "quoted" one', 'für', 'fürst', '日本', '日\n曜', 'no', 'none'];

function limited(prompt: string): CompletionRequest {
  return request(prompt, { temperature: 0, maxTokens: 24, constraint: { kind: 'choice', choices } });
}

/** The part of XGrammar's matcher that is used. */
interface Matcher {
  reset(): void;
  getNextTokenBitmask(): Promise<Int32Array>;
  acceptToken(token: number): boolean;
}

function tokensOf(mask: Int32Array): number[] {
  return Array.from(mask, (word, i) =>
    Array.from({ length: 32 }, (_, bit) => ((word >>> bit) & 1 ? 32 * i + bit : -1)).filter((id) => id >= 0),
  ).flat();
}

/** From the start to the end of one choice, byte by byte or by the longest tokens. @returns steps compared */
async function compareAlong(matcher: Matcher, vocabulary: Vocabulary, pick: 'first' | 'longest') {
  const stops = rig().batch.stops().tokens;
  const walk = new ChoiceWalk(choices, vocabulary);
  matcher.reset();
  for (let step = 1; ; step++) {
    const theirs = tokensOf(await matcher.getNextTokenBitmask());
    const ours = walk.allowed(stops);
    if (theirs.join() !== ours.join())
      throw new Error(`step ${step}: the engine allows ${theirs.join()}, we ${ours.join()}`);
    const onward = ours.filter((token) => !stops.includes(token));
    const byLength = onward.toSorted((a, b) => vocabulary.bytesOf(b).length - vocabulary.bytesOf(a).length);
    const token = pick === 'first' ? byLength.at(-1) : byLength[0];
    if (token === undefined) return step;
    walk.take(token);
    matcher.acceptToken(token);
  }
}

export const choiceChecks = {
  async 'a choice may go on with the tokens that the grammar of the engine allows'() {
    const vocabulary = rig().batch.vocabulary();
    if (!vocabulary) throw new Error('expected the bytes of the tokens to be known');
    await rig().model.complete(limited('late'));
    const matcher = Reflect.get(rig().pipeline, 'grammarMatcher') as Matcher;
    return {
      byBytes: await compareAlong(matcher, vocabulary, 'first'),
      byLongest: await compareAlong(matcher, vocabulary, 'longest'),
    };
  },
  async 'choices written together are those written alone'() {
    const asked = inputs.slice(0, 4).map((input) => limited(input));
    const start = performance.now();
    const together = await Promise.all(asked.map((one) => rig().together.complete(one)));
    const ms = Math.round(performance.now() - start);
    const startAlone = performance.now();
    for (const [i, one] of asked.entries()) {
      const { text, finishReason } = await rig().model.complete(one);
      const ours = together[i];
      if (ours?.text !== text || ours.finishReason !== finishReason)
        throw new Error(`expected ${JSON.stringify(text)} (${finishReason}), got ${JSON.stringify(ours)}`);
    }
    const aloneMs = Math.round(performance.now() - startAlone);
    return {
      texts: together.map(({ text }) => text),
      tokens: together.map(({ usage }) => usage.completionTokens),
      ms,
      aloneMs,
    };
  },
};
