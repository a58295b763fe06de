/** Several requests at once: order, limits, giving up. */
import { createCancelSource } from '../../core/cancel.ts';
import { isAppError } from '../../core/errors.ts';
import type { CompletionRequest, LanguageModel } from '../../core/language-model.ts';
import { ask, expectRejection, expectThat, quote } from './check.ts';
import type { Check, Subject } from './check.ts';

const words = ['stone', 'cloud', 'lamp', 'river', 'glass', 'bread', 'wheel', 'forest', 'bell'] as const;
/** Milliseconds after which a reply is in the making on nearly any machine, and hardly ever ready. */
const soonMs = 40;

const general = words.map((word) => `${word}: say something about it.`);

function severalRequests(count: number, questions: readonly string[] = general): CompletionRequest[] {
  return Array.from({ length: count }, (_, index) =>
    ask(questions[index % questions.length] ?? '', { maxTokens: 8, seed: index }),
  );
}

async function oneByOne(model: LanguageModel, requests: readonly CompletionRequest[]): Promise<string[]> {
  const texts: string[] = [];
  for (const request of requests) texts.push((await model.complete(request)).text);
  return texts;
}

const order: Check = {
  id: 'order',
  title: 'Replies belong to their requests, however many are asked at once',
  async run({ model, questions }: Subject) {
    const requests = severalRequests(Math.min(2 * model.concurrency + 1, 17), questions);
    const expected = await oneByOne(model, requests);
    const replies = await Promise.all(requests.map((request) => model.complete(request)));
    for (const [index, { text }] of replies.entries()) {
      const alone = expected[index] ?? '';
      expectThat(
        text === alone,
        `${quote(requests[index]?.prompt ?? '')} gives ${quote(alone)} alone and ${quote(text)} among others.`,
      );
    }
    if (new Set(expected).size > 1) return undefined;
    return 'this model gives all requests the same reply, so that a mix-up could not be seen';
  },
};

const concurrency: Check = {
  id: 'concurrency',
  title: 'No more requests are under way than allowed, and every one is settled',
  async run({ model, busiest }: Subject) {
    const requests = severalRequests(Math.min(3 * model.concurrency, 24));
    const outcomes = await Promise.allSettled(requests.map((request) => model.complete(request)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    expectThat(!failed, `A request failed: ${String(failed?.reason)}`);
    const most = busiest?.();
    if (most === undefined) return undefined; // all were settled; how many were under way only a test can see
    expectThat(
      most <= model.concurrency,
      `${most} requests were under way, ${model.concurrency} are allowed.`,
    );
    return undefined;
  },
};

const cancelWaiting: Check = {
  id: 'cancel-at-once',
  title: 'A request cancelled before its turn is not answered, and the others are',
  async run({ model }: Subject) {
    const [first, second, third] = severalRequests(3) as [
      CompletionRequest,
      CompletionRequest,
      CompletionRequest,
    ];
    const before = createCancelSource();
    before.cancel();
    await expectRejection(model.complete(first, before.token), 'cancelled');
    const source = createCancelSource();
    const others = [model.complete(first), model.complete(third)];
    const dropped = expectRejection(model.complete(second, source.token), 'cancelled');
    source.cancel();
    await dropped;
    await Promise.all(others);
    return undefined;
  },
};

const cancelUnderWay: Check = {
  id: 'cancel-under-way',
  title: 'A reply in the making can be cancelled, and the model stays usable',
  async run({ model }: Subject) {
    const probe = ask('Name a tool.');
    const expected = (await model.complete(probe)).text;
    const source = createCancelSource();
    const reply = model.complete(ask('Tell a long story.', { maxTokens: 512 }), source.token);
    const outcome = reply.then(
      () => 'answered',
      (thrown: unknown) => (isAppError(thrown, 'cancelled') ? 'cancelled' : String(thrown)),
    );
    await new Promise((resolve) => setTimeout(resolve, soonMs));
    source.cancel();
    const how = await outcome;
    expectThat(how === 'cancelled' || how === 'answered', `Cancelling ended with: ${how}`);
    const { text } = await model.complete(probe);
    expectThat(text === expected, `Before ${quote(expected)}, after cancelling ${quote(text)}.`);
    return how === 'answered' ? 'the reply was ready before it could be cancelled' : undefined;
  },
};

export const flightChecks: readonly Check[] = [order, concurrency, cancelWaiting, cancelUnderWay];
