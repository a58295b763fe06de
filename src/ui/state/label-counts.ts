/** How often each label is the right answer. */
import type { Dataset } from '../../data/dataset.ts';

export interface LabelCount {
  readonly label: string;
  readonly count: number;
}

export interface LabelCounts {
  /** The most frequent first; labels that are never right as well. */
  readonly counts: readonly LabelCount[];
  /** Examples whose right answer is none of the labels, such as several of them. */
  readonly others: number;
}

export function countLabels({ choices, examples }: Pick<Dataset, 'choices' | 'examples'>): LabelCounts {
  const bare = (text: string): string => text.trim().toLowerCase();
  const counted = new Map(choices.map((label) => [bare(label), 0]));
  let others = 0;
  for (const { target } of examples) {
    const before = counted.get(bare(target));
    if (before === undefined) others += 1;
    else counted.set(bare(target), before + 1);
  }
  const counts = choices.map((label) => ({ label, count: counted.get(bare(label)) ?? 0 }));
  return { counts: counts.sort((a, b) => b.count - a.count), others };
}
