import { describe, expect, it } from 'vitest';
import { EndpointKeys } from '../../src/workers/endpoint-keys.ts';

const ollama = 'http://localhost:11434/v1';

function keysOn(stored = new Map<string, unknown>()) {
  const settings = {
    get: (name: string) => Promise.resolve(stored.get(name)),
    set(name: string, value: unknown) {
      stored.set(name, value);
      return Promise.resolve();
    },
  };
  return { keys: new EndpointKeys(() => Promise.resolve(settings)), stored };
}

describe('the key of an endpoint', () => {
  it('stays in memory unless the person wants it kept', async () => {
    const { keys, stored } = keysOn();
    await keys.set(ollama, 'sk-secret', false);
    expect(await keys.get(ollama)).toBe('sk-secret');
    expect(await keys.stateOf(ollama)).toBe('page');
    expect(JSON.stringify([...stored])).not.toContain('sk-secret');
  });

  it('is there again in the next session when it was kept', async () => {
    const { keys, stored } = keysOn();
    await keys.set(ollama, 'sk-secret', true);
    const next = keysOn(stored).keys;
    expect(await next.get(ollama)).toBe('sk-secret');
    expect(await next.stateOf(ollama)).toBe('machine');
  });

  it('leaves the storage when it is entered again without keeping it', async () => {
    const { keys, stored } = keysOn();
    await keys.set(ollama, 'sk-secret', true);
    await keys.set(ollama, 'sk-secret', false);
    expect(JSON.stringify([...stored.values()])).not.toContain('sk-secret');
    expect(await keys.stateOf(ollama)).toBe('page');
  });

  it('is forgotten everywhere when it is emptied', async () => {
    const { keys, stored } = keysOn();
    await keys.set(ollama, 'sk-secret', true);
    await keys.set(ollama, '', false);
    expect(await keys.get(ollama)).toBeNull();
    expect(JSON.stringify([...stored.values()])).not.toContain('sk-secret');
  });

  it('is taken without what was copied along with it', async () => {
    const { keys } = keysOn();
    await keys.set(ollama, ' \u200bsk-secret\u00a0\n', false);
    expect(await keys.get(ollama)).toBe('sk-secret');
  });

  it.each([
    ['sk-…abcd', 'character number 4 is “…” (U+2026)'],
    ['sk-\u200babcd', 'character number 4 is U+200B'],
    ['sk abcd', 'character number 3 is a space'],
    ['🔑', 'character number 1 is “🔑” (U+1F511)'],
  ])('is refused where no header could hold it: %j', async (key, words) => {
    const { keys } = keysOn();
    await expect(keys.set(ollama, key, false)).rejects.toThrow(words);
    expect(await keys.stateOf(ollama)).toBe('none');
  });

  it('belongs to one address, however it is written', async () => {
    const { keys } = keysOn();
    await keys.set('http://localhost:11434/', 'sk-secret', false);
    expect(await keys.get(ollama)).toBe('sk-secret');
    expect(await keys.get('http://localhost:1234/v1')).toBeNull();
    expect(await keys.forSpec({ engine: 'simulated', skill: 'weak' })).toBeNull();
  });
});
