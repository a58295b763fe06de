/** Answers written together: the same tokens as those the engine writes alone. */
import { createCancelSource } from '../../../../src/core/cancel.ts';
import type { CompletionRequest } from '../../../../src/core/language-model.ts';
import { batchHolds } from '../../../../src/models/webllm/batch-check.ts';
import { ask, askPlainly, askTogether, failing, inputs, request, rig, sentence } from './reuse-rig.ts';

function greedy(prompt: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return request(prompt, { temperature: 0, maxTokens: 5, constraint: undefined, ...more });
}

/** Together, then one by one from the start. */
async function sameTogether(asked: readonly CompletionRequest[]) {
  const { ids, usages, ms } = await askTogether(asked);
  const alone: string[] = [];
  for (const one of asked) alone.push((await askPlainly(one)).ids);
  if (ids.join(' | ') !== alone.join(' | '))
    throw new Error(`expected the tokens ${alone.join(' | ')}, got ${ids.join(' | ')}`);
  return { ids, ms, cached: usages.map(({ cachedTokens }) => cachedTokens) };
}

export const batchChecks = {
  async 'a batch that fails in its middle is answered one by one, and says so'() {
    const { runtime, together, givenUp } = failing(2);
    const asked = inputs.slice(0, 3).map((input) => greedy(input));
    const texts = (await Promise.all(asked.map((one) => together.complete(one)))).map(({ text }) => text);
    for (const [i, one] of asked.entries()) {
      rig().reuse.forget();
      const { text } = await rig().model.complete(one);
      if (texts[i] !== text)
        throw new Error(`expected ${JSON.stringify(text)}, got ${JSON.stringify(texts[i])}`);
    }
    if (givenUp.length !== 1 || runtime.passes !== 3) throw new Error(`given up ${givenUp.length} times`);
    return { texts, givenUp };
  },
  async 'the check of batches at loading agrees, and finds out replies that are mixed up'() {
    const { engine, reuse, batch } = rig();
    const holds = await batchHolds(engine, reuse, batch);
    if (!holds) throw new Error('expected the check to agree');
    const mixed = async (...args: Parameters<typeof batch.forward>) =>
      [...(await batch.forward(...args))].reverse();
    const holdsMixed = await batchHolds(engine, reuse, { ...batch, forward: mixed });
    if (holdsMixed) throw new Error('expected replies that were mixed up to be found out');
    return { holds, holdsMixed };
  },
  async 'answers written together are those written alone'() {
    rig().reuse.forget();
    const seen = await sameTogether(inputs.slice(0, 4).map((input) => greedy(input)));
    if (seen.ids.some((ids) => new Set(ids.split(',')).size < 2))
      throw new Error('one token for ever proves nothing');
    return seen;
  },
  async 'answers of different lengths, limits and stop texts, and more than one batch'() {
    const [one = '', two = '', three = '', four = '', five = ''] = inputs;
    const { text } = await rig().model.complete(greedy(three));
    const stop = [text.slice(2, 4)];
    const asked = [
      greedy(one, { maxTokens: 1 }),
      greedy(`${two} ${sentence}`),
      greedy(three, { stop }),
      greedy(four),
      greedy(five, { maxTokens: 3 }),
      greedy(one),
    ];
    const replies = await Promise.all(asked.map((request) => rig().together.complete(request)));
    const told = [];
    for (const [i, request] of asked.entries()) {
      const alone = await rig().model.complete(request);
      const { text = '', finishReason } = replies[i] ?? {};
      told.push({ text, finishReason });
      if (text !== alone.text || finishReason !== alone.finishReason)
        throw new Error(`expected ${JSON.stringify(alone)}, got ${JSON.stringify(replies[i])}`);
    }
    return told;
  },
  async 'the engine goes on from a batch as if there had been none, and the next batch too'() {
    const other = 'Say what the sender of the message feels. '.repeat(3);
    await askTogether(inputs.slice(0, 3).map((input) => greedy(input)));
    const [first = '', second = ''] = inputs;
    const after = await ask(greedy(first));
    const plain = await askPlainly(greedy(first));
    if (after.ids !== plain.ids || after.cached < 40) throw new Error(`${after.ids} is not ${plain.ids}`);
    await ask(greedy(second, { system: other }));
    return sameTogether([greedy(first, { system: other }), greedy(second, { system: other })]);
  },
  async 'an answer that is cancelled leaves the others of its batch as they are'() {
    const [first = '', second = '', third = ''] = inputs;
    const source = createCancelSource();
    const { together } = rig();
    const others = [together.complete(greedy(first)), together.complete(greedy(third))];
    const dropped = together.complete(greedy(second, { maxTokens: 100 }), source.token).then(
      () => 'completed',
      (thrown: unknown) => String(Reflect.get(Object(thrown), 'code')),
    );
    setTimeout(() => source.cancel(), 3000);
    const start = performance.now();
    const ended = await dropped;
    const cancelMs = Math.round(performance.now() - start) - 3000;
    if (ended !== 'cancelled') throw new Error(`expected a cancelled call, it ${ended}`);
    const texts = (await Promise.all(others)).map(({ text }) => text);
    const alone = [await rig().model.complete(greedy(first)), await rig().model.complete(greedy(third))];
    if (alone.some(({ text }, i) => text !== texts[i])) throw new Error(`got ${JSON.stringify(texts)}`);
    return { cancelMs, texts };
  },
};
