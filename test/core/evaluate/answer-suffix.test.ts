import { describe, expect, it } from 'vitest';
import { answerSuffix, labelSuffix, wantsLabelOnly } from '../../../src/core/evaluate/answer-suffix.ts';

describe('the words for a label alone', () => {
  it('name the labels', () => {
    expect(labelSuffix(['yes', 'no'])).toBe('Answer with one of these labels and nothing else: yes, no');
  });

  it('give each a line where one holds a comma', () => {
    expect(labelSuffix(['red, green', 'blue'])).toMatch(/else:\n- red, green\n- blue$/);
  });

  it('are known again, as is what the engine enforces', () => {
    const choices = ['yes', 'no'];
    const free = answerSuffix({ kind: 'label' }, choices);
    expect(wantsLabelOnly({ constrain: false, suffix: labelSuffix(choices) }, choices)).toBe(true);
    expect(wantsLabelOnly({ constrain: true, suffix: '' }, choices)).toBe(true);
    expect(wantsLabelOnly({ constrain: false, suffix: free }, choices)).toBe(false);
    expect(wantsLabelOnly({ constrain: true, suffix: '' }, [])).toBe(false);
  });
});
