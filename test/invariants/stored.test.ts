import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { methods } from '../../src/core/methods.ts';
import { loggedEvent } from '../../src/storage/run-file/event-schema.ts';
import { finish } from '../fixtures/collect.ts';
import { everyMethod, smallRun } from '../fixtures/every-method.ts';

/** What is stored is JSON's idea of an event at the latest in a run file. */
const stored = (event: unknown): unknown => JSON.parse(JSON.stringify(event));

function problems(events: readonly unknown[]): string[] {
  return events.flatMap((event) => {
    const result = v.safeParse(loggedEvent, stored(event));
    return result.success ? [] : [`${v.getDotPath(result.issues[0])}: ${JSON.stringify(event)}`];
  });
}

/** Every yes-or-no option the other way round. */
function switched(method: (typeof everyMethod)[number]): Record<string, boolean> {
  const specs = Object.entries<{ readonly default: unknown }>(methods[method].options);
  return Object.fromEntries(
    specs.flatMap(([name, { default: usual }]) => (typeof usual === 'boolean' ? [[name, !usual]] : [])),
  );
}

describe.each(everyMethod)('%s', (method) => {
  it('I11: writes nothing into its log that is refused when it is read back', async () => {
    for (const seed of [1, 2, 3]) {
      const setup = smallRun(method, { seed });
      expect(problems((await finish(setup)).events)).toEqual([]);
      const options = { ...setup.options, ...switched(method) };
      expect(problems((await finish({ ...setup, options })).events)).toEqual([]);
    }
  });
});
