/** Examples that all expect the same answer: whatever a prompt says about the input, it makes no difference. */
import { needsTargets, type Dataset } from '../../data/dataset.ts';

/** The one answer; null where they differ, or where the expected answer does not tell what is right. */
export function onlyAnswer({ metric, examples }: Pick<Dataset, 'metric' | 'examples'>): string | null {
  const [first, ...others] = examples;
  const isAsked = needsTargets(metric) && metric.kind !== 'regex'; // one pattern for all asks for a form
  if (first === undefined || others.length === 0 || !isAsked) return null;
  const bare = (text: string): string => text.trim().toLowerCase();
  const answer = bare(first.target);
  return others.every(({ target }) => bare(target) === answer) ? first.target.trim() : null;
}
