/** Replies that are limited to a form, where the engine can. */
import { ask, expectThat, quote } from './check.ts';
import type { Check, Subject } from './check.ts';

const cannot = 'this engine cannot limit replies';

const choice: Check = {
  id: 'choice',
  title: 'A reply limited to labels is one of them',
  async run({ model }: Subject) {
    if (!model.capabilities.constraints) return cannot;
    const choices = ['alpha', 'beta "quoted"', 'gamma'];
    const request = ask('Say what you like.', { constraint: { kind: 'choice', choices } });
    const { text } = await model.complete(request);
    expectThat(choices.includes(text), `${quote(text)} is none of ${choices.map(quote).join(', ')}.`);
    return undefined;
  },
};

const line: Check = {
  id: 'line',
  title: 'A reply limited to one line is one line of the right length',
  async run({ model }: Subject) {
    if (!model.capabilities.constraints) return cannot;
    const request = ask('Write a poem.', { constraint: { kind: 'line', min: 5, max: 40 }, maxTokens: 60 });
    const { text, finishReason } = await model.complete(request);
    expectThat(!/[\n\r`<>]/.test(text), `${quote(text)} has forbidden characters.`);
    const { length } = Array.from(text); // in characters, as grammars count: not in UTF-16 units
    expectThat(length <= 40, `${quote(text)} has ${length} characters instead of at most 40.`);
    expectThat(
      length >= 5 || finishReason === 'length',
      `${quote(text)} has ${length} characters instead of at least 5.`,
    );
    return undefined;
  },
};

const answerLine: Check = {
  id: 'answer-line',
  title: 'A reply that may end with its answer does',
  async run({ model }: Subject) {
    if (!model.capabilities.constraints) return cannot;
    const choices = ['A', 'B'].map((reason) => `Answer: yes\nSo it is, and the reason for it is ${reason}.`);
    const request = ask('Is it so?', { constraint: { kind: 'choice', choices }, until: 'answer-line' });
    const { text } = await model.complete({ ...request, maxTokens: 80 });
    expectThat(text === 'Answer: yes', `${quote(text)} is not "Answer: yes".`);
    return undefined;
  },
};

export const constraintChecks: readonly Check[] = [choice, line, answerLine];
