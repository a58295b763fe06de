/** Limits that end a request, and the end of the model itself. */
import { isAppError } from '../../core/errors.ts';
import { ask, expectRejection, expectThat, quote } from './check.ts';
import type { Check, Subject } from './check.ts';

/** Tokens; a longer prompt takes minutes to prefill where an engine does not refuse it, and a browser's memory. */
const longestTried = 40_000;

export const tooLong: Check = {
  id: 'context-exceeded',
  title: 'A prompt longer than the context window is refused, and the model stays usable',
  async run({ model }: Subject) {
    const { contextWindow } = model;
    if (contextWindow > longestTried) return `a prompt of ${contextWindow} tokens would take too long`;
    // Every word is at least one token, whatever the tokenizer.
    const prompt = 'word '.repeat(contextWindow + 64);
    await expectRejection(model.complete(ask(prompt, { maxTokens: 1 })), 'context-exceeded');
    const { text } = await model.complete(ask('Name a metal.'));
    expectThat(typeof text === 'string', 'The model gave no reply afterwards.');
    return undefined;
  },
};

/** The last check: the subject is of no use afterwards. */
export const unloads: Check = {
  id: 'unload',
  title: 'After unloading, requests are refused instead of waiting for ever',
  async run(subject: Subject) {
    await subject.unload();
    const outcome = await subject.model.complete(ask('Still there?')).then(
      ({ text }) => `it answered ${quote(text)}`,
      (thrown: unknown) => (isAppError(thrown) ? null : `it failed with: ${String(thrown)}`),
    );
    expectThat(outcome === null, `Expected a refusal, but ${outcome ?? ''}.`);
    return undefined;
  },
};
