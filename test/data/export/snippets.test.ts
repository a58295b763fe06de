import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../../src/core/evaluate/answer-request.ts';
import type { Example } from '../../../src/core/types.ts';
import { toDspy } from '../../../src/data/export/dspy.ts';
import { toJavaScript } from '../../../src/data/export/javascript.ts';
import { messagesOf, toMessagesJson } from '../../../src/data/export/messages.ts';
import { toPython } from '../../../src/data/export/python.ts';
import { requestTemplate, type TemplatePart } from '../../../src/data/export/request-template.ts';
import { resultWith, task } from './sample-result.ts';

const example: Example = {
  id: 'e1',
  input: 'Who said "{{input}}" \\ and\nwhen?',
  target: 'me',
  fields: { context: "It's 5 o'clock.\r\n\u2028end", 'the date': '1 May' },
};

const prompts = [
  'Think, then answer.',
  'Line "one"\nLine \\two\n',
  'Read this: {{input}}',
  'Rules first.\n\n{{context}}\nOn {{ the date }}: {input} \\{{input}} {unknown} {{unknown}}',
  '{{input}}',
  '# Ein Gruß 🙂\u2028\u0007\u0080\ue000 {"json": {"a": 1}}',
];

function filled(parts: readonly TemplatePart[], { input, fields }: Example): string {
  return parts
    .map((part) =>
      typeof part === 'string' ? part : part.name === 'input' ? input : (fields?.[part.name] ?? ''),
    )
    .join('');
}

function expectedMessages(prompt: string): { role: string; content: string }[] {
  const { system, prompt: user } = answerRequest(task, prompt, example);
  const last = { role: 'user', content: user };
  return system === '' ? [last] : [{ role: 'system', content: system }, last];
}

describe('the request with its values left open', () => {
  it('filled in again is what was sent, for any prompt', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...prompts, '{', '}}', '\\', '\n', '{{context}}')), (pieces) => {
        const prompt = pieces.join(' ');
        const { system, user } = requestTemplate(task, prompt, ['context', 'the date']);
        const sent = answerRequest(task, prompt, example);
        expect([filled(system, example), filled(user, example)]).toEqual([sent.system, sent.prompt]);
      }),
    );
  });

  it('holds the fixed text behind the answer, and the limits', () => {
    const template = requestTemplate(task, 'Think.', []);
    expect(messagesOf(template)).toEqual([
      { role: 'system', content: 'Think.' },
      { role: 'user', content: `{{input}}\n\n${task.answer.suffix}` },
    ]);
    expect(JSON.parse(toMessagesJson(template))).toMatchObject({ temperature: 0, max_tokens: 64 });
  });
});

describe.each(prompts)('the snippets for %j', (prompt) => {
  const result = resultWith({ prompt });
  const template = requestTemplate(task, prompt, ['context', 'the date']);
  const values = { ...example.fields, input: example.input };

  it('JavaScript builds the messages to the letter', async () => {
    const code = toJavaScript(result, template);
    const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
    const { messagesFor } = (await import(/* @vite-ignore */ url)) as {
      messagesFor: (example: unknown) => unknown;
    };
    expect(messagesFor(values)).toEqual(expectedMessages(prompt));
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!hasPython).each([
    ['Python', toPython],
    ['DSPy', toDspy],
  ] as const)('%s builds the messages to the letter (skipped without python3)', (_, write) => {
    const code = write(result, template);
    const stub = `
import sys, types, json
for name in ("openai", "dspy"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["openai"].OpenAI = lambda **options: None
class Anything:
    def __init__(self, *a, **k): pass
    @classmethod
    def with_instructions(cls, text): cls.instructions = text; return cls
for name in ("Module", "Signature", "Predict", "InputField", "OutputField", "LM"):
    setattr(sys.modules["dspy"], name, Anything)
given = json.load(sys.stdin)
scope = {"__name__": "snippet"}
exec(given["code"], scope)
print(json.dumps({"messages": scope["messages_for"](given["values"]), "instructions": scope.get("INSTRUCTIONS")}))`;
    const run = spawnSync('python3', ['-c', stub], {
      input: JSON.stringify({ code, values }),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const built = JSON.parse(run.stdout) as { messages: unknown; instructions: string | null };
    expect(built.messages).toEqual(expectedMessages(prompt));
    expect(built.instructions ?? prompt).toBe(prompt);
  });
});
