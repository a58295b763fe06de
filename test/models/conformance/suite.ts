/** The conformance checks as tests: one loaded model, the checks in their order. For Node and for the browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../../src/models/conformance/check.ts';
import { checks } from '../../../src/models/conformance/conformance.ts';

export interface Expectations {
  /** Checks that do not apply to this model, by id; every other one must really have been made. */
  readonly skipped?: readonly string[];
  readonly timeoutMs?: number;
}

export function conformance(
  name: string,
  make: () => Promise<Subject>,
  { skipped = [], timeoutMs = 30_000 }: Expectations = {},
): void {
  describe(`${name} keeps the contract of the port`, () => {
    let subject: Subject | null = null;
    beforeAll(async () => {
      subject = await make();
    }, timeoutMs);
    afterAll(() => subject?.unload());

    for (const check of checks) {
      it(
        check.title,
        async () => {
          if (!subject) throw new Error('The model was not loaded.');
          const reason = await check.run(subject);
          if (skipped.includes(check.id)) expect(reason).toBeTypeOf('string');
          else expect(reason).toBeUndefined();
        },
        timeoutMs,
      );
    }
  });
}
