/** One request at a time: what a reply is, and what it cost. */
import { ask, expectThat, quote } from './check.ts';
import type { Check } from './check.ts';

const describes: Check = {
  id: 'describes-itself',
  title: 'The model says who it is and what it can do',
  run({ model: { identity, concurrency, contextWindow } }) {
    expectThat(identity.model !== '', 'The identity names no model.');
    expectThat(
      Number.isInteger(concurrency) && concurrency >= 1,
      `Concurrency is ${concurrency}, not a whole number of at least 1.`,
    );
    expectThat(
      Number.isInteger(contextWindow) && contextWindow >= 128,
      `The context window is ${contextWindow} tokens.`,
    );
    return Promise.resolve(undefined);
  },
};

const answers: Check = {
  id: 'answers',
  title: 'A request is answered and not changed',
  async run({ model }) {
    const request = ask('Name a colour.', { stop: ['\n\n\n'] });
    const before = JSON.stringify(request);
    const { text, finishReason } = await model.complete(Object.freeze(request));
    expectThat(typeof text === 'string', 'The reply is no text.');
    expectThat(['stop', 'length'].includes(finishReason), 'The reply does not say how it ended.');
    expectThat(JSON.stringify(request) === before, 'The request was changed.');
    return undefined;
  },
};

const emptySystem: Check = {
  id: 'empty-system',
  title: 'A request without instruction is answered',
  async run({ model }) {
    const { text } = await model.complete(ask('Name a fruit.', { system: '' }));
    expectThat(typeof text === 'string', 'The reply is no text.');
    return undefined;
  },
};

const usage: Check = {
  id: 'usage',
  title: 'The usage figures are plausible',
  async run({ model }) {
    const request = ask('Name an animal.');
    const short = (await model.complete(request)).usage;
    const long = (await model.complete(ask(`${'Think of the sea. '.repeat(20)}Name an animal.`))).usage;
    for (const figures of [short, long]) {
      const { promptTokens, cachedTokens, completionTokens, prefillMs, decodeMs } = figures;
      const all = JSON.stringify(figures);
      const counts = [promptTokens, cachedTokens, completionTokens];
      expectThat(
        counts.every((count) => Number.isInteger(count) && count >= 0),
        `Not all are counts: ${all}`,
      );
      expectThat(
        [prefillMs, decodeMs].every((ms) => Number.isFinite(ms) && ms >= 0),
        `Not all are times: ${all}`,
      );
      expectThat(promptTokens > 0, `The prompt had no tokens: ${all}`);
      expectThat(cachedTokens <= promptTokens, `More was cached than the prompt has: ${all}`);
      expectThat(completionTokens <= request.maxTokens, `More was generated than allowed: ${all}`);
    }
    expectThat(
      long.promptTokens > short.promptTokens + 20,
      `A prompt with 80 more words counts ${long.promptTokens} instead of ${short.promptTokens} tokens.`,
    );
    return undefined;
  },
};

const counts: Check = {
  id: 'counts-tokens',
  title: 'Tokens of a text can be counted',
  async run({ model }) {
    const [none, short, long] = await Promise.all(
      ['', 'One sentence.', 'One sentence. '.repeat(50)].map((text) => model.countTokens(text)),
    );
    const all = [none, short, long].map(String).join(', ');
    expectThat([none, short, long].every(Number.isInteger), `Not all are counts: ${all}`);
    expectThat((none ?? 0) <= (short ?? 0) && (short ?? 0) < (long ?? 0), `Longer texts count less: ${all}`);
    return undefined;
  },
};

const greedy: Check = {
  id: 'greedy-repeats',
  title: 'The same request gives the same text',
  async run({ model }) {
    const request = ask('Describe a river in a few words.');
    const first = await model.complete(request);
    await model.complete(ask('Something else in between: name a number.'));
    for (let again = 0; again < 2; again++) {
      const { text } = await model.complete(request);
      expectThat(text === first.text, `First ${quote(first.text)}, then ${quote(text)}.`);
    }
    return undefined;
  },
};

const limit: Check = {
  id: 'max-tokens',
  title: 'A reply ends at the limit of tokens and says so',
  async run({ model }) {
    const request = ask('Count from one to one hundred in words.', { maxTokens: 3 });
    const { text, finishReason, usage: figures } = await model.complete(request);
    expectThat(
      figures.completionTokens <= request.maxTokens,
      `${figures.completionTokens} tokens were generated, ${request.maxTokens} were allowed.`,
    );
    if (finishReason === 'length') return undefined;
    return `the model ended its reply ${quote(text)} by itself before the limit`;
  },
};

const stop: Check = {
  id: 'stop-texts',
  title: 'A reply ends before a stop text',
  async run({ model }) {
    const request = ask('Describe a mountain in a few words.');
    const whole = (await model.complete(request)).text;
    const middle = Math.floor(whole.length / 2);
    const mark = whole.slice(middle, middle + 3);
    if (mark.trim() === '') return `the reply ${quote(whole)} is too short to be cut`;
    const expected = whole.slice(0, whole.indexOf(mark));
    const { text, finishReason } = await model.complete({ ...request, stop: [mark] });
    expectThat(
      text.trimEnd() === expected.trimEnd(),
      `Stop ${quote(mark)} in ${quote(whole)}: got ${quote(text)} instead of ${quote(expected)}.`,
    );
    expectThat(finishReason === 'stop', 'A reply cut at a stop text says that it was cut at the limit.');
    return undefined;
  },
};

export const replyChecks: readonly Check[] = [
  describes,
  answers,
  emptySystem,
  usage,
  counts,
  greedy,
  limit,
  stop,
];
