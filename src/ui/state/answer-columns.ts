/** Columns with right answers that a template shows to the model: then there is nothing left to find out. */
import { doubleBraces } from '../../core/prompt/placeholders.ts';
import type { Mapping } from '../../data/import/mapping.ts';

export function answerColumns({ input, target, alternatives }: Mapping): string[] {
  const named = new Set([...input.matchAll(doubleBraces)].map(([whole]) => whole.slice(2, -2).trim()));
  return [target, alternatives].filter((name) => name !== null).filter((name) => named.has(name));
}
