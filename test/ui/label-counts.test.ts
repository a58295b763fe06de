import { expect, it } from 'vitest';
import { countLabels } from '../../src/ui/state/label-counts.ts';

it('counts how often each label is right, the most frequent first', () => {
  const targets = ['no', 'Yes', 'yes ', 'no, yes', 'YES'];
  const examples = targets.map((target, index) => ({ id: `${index}`, input: `${index}`, target }));
  expect(countLabels({ choices: ['no', 'yes', 'maybe'], examples })).toEqual({
    counts: [
      { label: 'yes', count: 3 },
      { label: 'no', count: 1 },
      { label: 'maybe', count: 0 },
    ],
    others: 1,
  });
});
