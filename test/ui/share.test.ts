import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { generateBuiltIn } from '../../src/data/built-in/index.ts';
import type { ModelSpec } from '../../src/models/spec.ts';
import { parseHash } from '../../src/ui/route.ts';
import { presetConfig, presetHref, presetInWords, readPreset } from '../../src/ui/state/share.ts';
import type { RunConfig } from '../../src/workers/protocol.ts';
import { sampleRecord } from './sample-run.ts';

const dataset = generateBuiltIn('dates', 1);
const config: RunConfig = {
  ...sampleRecord().config,
  name: dataset.name,
  datasetId: dataset.id,
  metric: dataset.metric,
  choices: dataset.choices,
  options: { steps: 3 },
  seed: 42,
  sizes: { train: 20, validation: 40, test: 60 },
  answer: { maxTokens: 128, suffix: 'End with “Answer:”.', constrain: false },
  userPrompt: 'Sag es – 🙂 "genau".',
  taskModel: { engine: 'simulated', skill: 'weak', paceMs: 15 },
  budget: { calls: 500, tokens: null, minutes: 3 },
};

function presetOf(href: string | null): string {
  return parseHash(href ?? '').query.get('preset') ?? '';
}

/** The link's preset with one value changed. */
function changed(path: string, value: unknown): string {
  const preset = structuredClone(readPreset(presetOf(presetHref(config, dataset)))) as Record<
    string,
    unknown
  >;
  const [name = '', inner] = path.split('.');
  preset[name] = inner === undefined ? value : { ...(preset[name] as object), [inner]: value };
  return Buffer.from(JSON.stringify(preset)).toString('base64url');
}

function refusal(encoded: string): AppError {
  try {
    readPreset(encoded);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('expected a refusal');
}

describe('a preset link', () => {
  it('gives back the settings', () => {
    const href = presetHref(config, dataset);
    expect(parseHash(href ?? '').page).toBe('setup');
    expect(presetConfig(readPreset(presetOf(href)), dataset)).toEqual(config);
  });

  it('says what it will do', () => {
    const [what, who, from] = presetInWords(readPreset(presetOf(presetHref(config, dataset))), dataset);
    expect(what).toContain('Dual-phase');
    expect(what).toContain('120 examples and seed 42');
    expect(who).toContain('nothing is downloaded');
    expect(from).toContain('came with the link');
  });

  it('is not made for data of one’s own', () => {
    expect(presetHref(config, { source: { kind: 'pasted', format: 'csv' } })).toBeNull();
  });

  it.each<ModelSpec>([
    { engine: 'endpoint', baseUrl: 'https://evil.example/v1', model: 'm', concurrency: 1 },
    {
      engine: 'webllm',
      modelId: 'x',
      custom: { model: 'https://evil.example', modelLib: 'https://evil.example/a.wasm' },
    },
    { engine: 'wllama', modelId: 'x', url: 'https://evil.example/a.gguf' },
  ])('never carries an address: $engine', (taskModel) => {
    const encoded = presetOf(presetHref({ ...config, taskModel }, dataset));
    expect(Buffer.from(encoded, 'base64url').toString()).not.toContain('evil');
    expect(readPreset(encoded).model).toBeNull();
  });

  it.each([
    ['v', 2],
    ['task', 'no-such-task'],
    ['method', '__proto__'],
    ['seed', -1],
    ['sizes.train', 1.5],
    ['budget.calls', 'all'],
    ['answer.maxTokens', 1e9],
    ['model', { engine: 'endpoint', baseUrl: 'https://evil.example' }],
    ['model', { engine: 'wllama', modelId: 'https://evil.example/a.gguf' }],
    ['prompt', 'x'.repeat(20_001)],
    ['options', { steps: 'many' }],
    ['options', { unheard: 1 }],
  ])('is refused in words when %s is %j', (path, value) => {
    expect(refusal(changed(path, value))).toMatchObject({ code: 'invalid-option' });
  });

  it.each([
    '',
    'not base64!',
    'bm90IGpzb24',
    presetOf(presetHref(config, dataset)).slice(0, -9),
    'a'.repeat(100_001),
  ])('that is damaged is refused in words: %#', (encoded) => {
    expect(refusal(encoded).message).toMatch(/^This link cannot be used: /);
  });

  it('for more examples than the task has is refused', () => {
    const preset = readPreset(changed('sizes.test', 5000));
    expect(() => presetConfig(preset, dataset)).toThrow(/it asks for 5060 examples, the task has 240/);
  });
});
