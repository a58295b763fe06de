/** What replies are like. */
import { ensure, loadedModel, request, restarts } from './rig-model.ts';

const labels = ['billing', 'delivery', 'a "quoted" one', 'rückgabe'];

export const replyChecks = {
  async 'a completion has text and usage figures'() {
    const completion = await (await loadedModel()).complete(request());
    const { usage } = completion;
    ensure(usage.promptTokens > 20 && usage.completionTokens > 0, 'token counts');
    ensure(usage.prefillMs > 0 && usage.decodeMs > 0, 'times');
    return { ...completion, restarts: [...restarts] };
  },
  async 'greedy replies repeat'() {
    const line = { maxTokens: 5, constraint: { kind: 'line', min: 12, max: 24 } } as const;
    const first = await (await loadedModel()).complete(request(line));
    const second = await (await loadedModel()).complete(request({ ...line, seed: 7 }));
    ensure(first.text === second.text, `the same text, got ${JSON.stringify([first.text, second.text])}`);
    return { text: first.text };
  },
  async 'a sampled reply repeats with its seed'() {
    const hot = { maxTokens: 5, temperature: 1.5, constraint: { kind: 'line', min: 12, max: 24 } } as const;
    const first = await (await loadedModel()).complete(request({ ...hot, seed: 11 }));
    const second = await (await loadedModel()).complete(request({ ...hot, seed: 11 }));
    ensure(first.text === second.text, `the same text, got ${JSON.stringify([first.text, second.text])}`);
    return { text: first.text };
  },
  async 'a choice gives one of the labels'() {
    const constraint = { kind: 'choice', choices: labels } as const;
    const texts: string[] = [];
    for (const prompt of ['I forgot my password.', 'The invoice is wrong again.']) {
      const { text, finishReason } = await (
        await loadedModel()
      ).complete(request({ prompt, constraint, maxTokens: 24 }));
      ensure(
        labels.includes(text) && finishReason === 'stop',
        `a label, got ${JSON.stringify(text)} (${finishReason})`,
      );
      texts.push(text);
    }
    return { texts };
  },
  async 'a line stays one line within its bounds'() {
    const constraint = { kind: 'line', min: 8, max: 24 } as const;
    const { text, finishReason } = await (
      await loadedModel()
    ).complete(request({ constraint, maxTokens: 24 }));
    ensure(/^[^\n\r`<>]{1,24}$/.test(text), `one line, got ${JSON.stringify(text)}`);
    ensure(finishReason === 'length' || text.length >= 8, 'at least 8 characters');
    return { text, finishReason };
  },
  async 'a stop text ends the reply and is not part of it'() {
    const constraint = { kind: 'choice', choices: ['one two three four'] } as const;
    const cut = await (await loadedModel()).complete(request({ constraint, maxTokens: 16, stop: ['hree'] }));
    ensure(cut.text === 'one two t', `a cut before the stop text, got ${JSON.stringify(cut.text)}`);
    ensure(cut.finishReason === 'stop', 'the finish reason stop');
    return cut;
  },
  async 'tokens are counted exactly'() {
    const text = 'Answer with one label out of this list. ';
    const [one, ten] = await Promise.all([
      (await loadedModel()).countTokens(text),
      (await loadedModel()).countTokens(text.repeat(10)),
    ]);
    ensure(one > 5 && ten <= one * 10, 'counts that add up');
    return { one, ten };
  },
};
