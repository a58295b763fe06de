/** Prefix reuse: the same tokens as from plain reading. */
import { createCancelSource } from '../../../../src/core/cancel.ts';
import { reuseHolds } from '../../../../src/models/webllm/reuse-check.ts';
import { ask, inputs, labels, request, rig, same, type Answer } from './reuse-rig.ts';

export const reuseChecks = {
  async 'the kernel is mended, and the check at loading agrees'() {
    const { engine, kernel, reuse } = rig();
    const holds = await reuseHolds(engine, reuse);
    if (kernel !== 'sound' || !holds) throw new Error(`kernel ${kernel}, reuse holds: ${String(holds)}`);
    return { kernel, holds };
  },
  async 'kept beginnings give the same tokens'() {
    await ask(request('Hello.', { maxTokens: 1 }));
    const answers: Answer[] = [];
    for (const input of inputs.slice(0, 3)) answers.push(await same(request(input), 40));
    answers.push(await same(request(inputs[3] ?? '', { temperature: 0 }), 40));
    return answers;
  },
  async 'two instructions in turn, and a beginning shared in the user turn'() {
    const other = 'Say what the sender of the message feels. '.repeat(3);
    const answers: Answer[] = [];
    await ask(request('Hello.', { maxTokens: 1 }));
    answers.push(await same(request(inputs[3] ?? '', { system: other }), 1));
    answers.push(await same(request(inputs[4] ?? ''), 1));
    const template = (input: string): string => `${other}The message: ${input}`;
    await ask(request(template('Hello.'), { system: '', maxTokens: 1 }));
    answers.push(await same(request(template(inputs[0] ?? ''), { system: '' }), 30));
    return answers;
  },
  async 'after a cancelled call the next one is right'() {
    const [first = '', second = ''] = inputs;
    await ask(request(first, { maxTokens: 1 }));
    const source = createCancelSource();
    const call = rig().model.complete(request(second, { maxTokens: 100 }), source.token);
    setTimeout(() => source.cancel(), 4000);
    const ended = await call.then(
      () => 'completed',
      (thrown: unknown) => String(Reflect.get(Object(thrown), 'code')),
    );
    if (ended !== 'cancelled') throw new Error(`expected a cancelled call, it ${ended}`);
    return same(request(second), 40);
  },
  async 'a label constraint and a stop text work on a kept beginning'() {
    const constraint = { kind: 'choice', choices: labels } as const;
    const [first = '', second = ''] = inputs;
    await ask(request(first, { maxTokens: 1 }));
    const label = await same(request(second, { constraint, maxTokens: 12 }), 40);
    const { text } = await rig().model.complete(request(first, { constraint, maxTokens: 12 }));
    if (!labels.includes(text)) throw new Error(`expected a label, got ${text}`);
    const one = { kind: 'choice', choices: ['one two three four'] } as const;
    const cut = await rig().model.complete(
      request(first, { constraint: one, maxTokens: 16, stop: ['hree'] }),
    );
    if (cut.text !== 'one two t') throw new Error(`expected a cut, got ${cut.text}`);
    return { label, text, cut: cut.usage };
  },
};
