import { describe, expect, it } from 'vitest';
import { dualPhaseOptions } from '../../../src/core/dual-phase/options.ts';
import { Search } from '../../../src/core/dual-phase/search.ts';
import { solvedNeeded } from '../../../src/core/dual-phase/solved-needed.ts';
import { resolveOptions } from '../../../src/core/options.ts';
import { splitPrompt } from '../../../src/core/prompt/split.ts';
import { createLeakageIndex } from '../../../src/core/proposals/leakage.ts';
import type { Candidate, Evaluation, Outcome } from '../../../src/core/types.ts';

const candidate: Candidate = {
  id: 'c0',
  parentId: null,
  sentences: splitPrompt('Answer.'),
  origin: { operation: 'user' },
};

function searchWith(right: number, of: number, given: Record<string, unknown> = {}): Search {
  const outcomes = Array.from({ length: of }, (_, index): Outcome => {
    const correct = index < right;
    return {
      exampleId: `v${index}`,
      score: correct ? 1 : 0,
      correct,
      reason: correct ? 'correct' : 'wrong',
      extracted: null,
      output: '',
    };
  });
  const validation: Evaluation = {
    candidateId: 'c0',
    split: 'validation',
    outcomes,
    planned: of,
    accuracy: right / of,
  };
  const options = resolveOptions(dualPhaseOptions, given);
  const order = outcomes.map(({ exampleId: id }) => ({ id, input: id, target: 'yes' }));
  return new Search(options, createLeakageIndex([]), candidate, validation, null, order);
}

describe('the failures a rewrite must solve', () => {
  it('are H_f of them where validation asks for as much or more', () => {
    // 70 of 100 right: a gain of 10 is a third of the 30 failures, more than H_f = 0.3.
    expect(solvedNeeded(searchWith(70, 100), 20)).toBe(6);
  });

  it('are fewer for a prompt that gets most examples wrong: no more than the gain that validation asks for', () => {
    // 20 of 100 right: a gain of 10 is an eighth of the 80 failures.
    expect(solvedNeeded(searchWith(20, 100), 40)).toBe(5);
  });

  it('are H_f of them in paper mode, whatever the prompt', () => {
    expect(solvedNeeded(searchWith(20, 100, { gate: 'plain' }), 40)).toBe(12);
  });

  it('are at least one', () => {
    expect(solvedNeeded(searchWith(99, 100), 1)).toBe(1);
  });
});
