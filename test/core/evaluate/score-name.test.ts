import { describe, expect, it } from 'vitest';
import { scoreName } from '../../../src/core/evaluate/score-name.ts';
import type { Metric } from '../../../src/core/types.ts';

const agreement: Metric = { kind: 'self-consistency', samples: 3, answers: { kind: 'exact' } };

describe('what the mean of scores is called', () => {
  it.each<[Metric, string]>([
    [{ kind: 'exact' }, 'accuracy'],
    [{ kind: 'list', ordered: true }, 'accuracy'],
    [{ kind: 'list', ordered: false }, 'score'],
    [{ kind: 'rouge-l' }, 'score'],
    [{ kind: 'judge', rubric: 'Polite?' }, 'score'],
    [agreement, 'agreement'],
  ])('%j: %s', (metric, name) => {
    expect(scoreName(metric)).toBe(name);
  });

  it('is the same word for several metrics only where it is true of all', () => {
    expect(scoreName({ kind: 'exact' }, { kind: 'number' })).toBe('accuracy');
    expect(scoreName({ kind: 'exact' }, { kind: 'json' })).toBe('score');
    expect(scoreName(agreement, { kind: 'exact' })).toBe('score');
  });
});
