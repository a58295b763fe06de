import { describe, expect, it } from 'vitest';
import { methods, type Method } from '../../src/core/methods.ts';
import { resolveOptions, type OptionSpec } from '../../src/core/options.ts';
import { finish } from '../fixtures/collect.ts';
import { everyMethod, replyingModel, smallRun } from '../fixtures/every-method.ts';

function wrongValues(spec: OptionSpec): unknown[] {
  if (spec.type !== 'number') return ['no such choice', 3];
  return [spec.min - 1, spec.max + 1, Number.NaN, '3', ...(spec.integer ? [spec.min + 0.5] : [])];
}

describe.each(everyMethod)('%s', (id) => {
  const method: Method = methods[id];
  const wrong = Object.entries(method.options).flatMap(([name, spec]) =>
    wrongValues(spec).map((value) => ({ [name]: value })),
  );

  it.each([{ 'no-such-option': 1 }, ...wrong])('I8: refuses %j before anything is asked', async (options) => {
    const model = replyingModel();
    const run = finish(smallRun(id, { models: { task: model }, options }));
    await expect(run).rejects.toMatchObject({
      code: 'invalid-option',
      place: { field: Object.keys(options)[0] },
    });
    expect(model.requests).toHaveLength(0);
  });

  it('accepts its own presets', () => {
    expect(Object.keys(method.presets).length).toBeGreaterThan(0);
    for (const { options } of Object.values(method.presets)) resolveOptions(method.options, options);
  });
});
