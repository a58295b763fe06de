/** The contract of the port (`src/models/conformance`), check by check, on the real engine behind our model worker. */
import type { Subject } from '../../../../src/models/conformance/check.ts';
import { checks } from '../../../../src/models/conformance/conformance.ts';

/** What a check gives that does not apply to this engine. */
export interface NotRun {
  readonly title: string;
  readonly notRun: string;
}

/** By id, in their order; the model is loaded by the first that runs, and the last one unloads it. */
export function contractChecks(
  load: () => Promise<Subject>,
): Record<string, () => Promise<NotRun | { readonly title: string }>> {
  let subject: Promise<Subject> | null = null;
  const entries = checks.map(({ id, title, run }) => {
    const check = async (): Promise<NotRun | { readonly title: string }> => {
      const reason = await run(await (subject ??= load()));
      return reason === undefined ? { title } : { title, notRun: reason };
    };
    return [id, check] as const;
  });
  return Object.fromEntries(entries);
}
