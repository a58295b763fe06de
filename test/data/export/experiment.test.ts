import { describe, expect, it } from 'vitest';
import { cellsOf, type ExperimentDesign } from '../../../src/core/lab/design.ts';
import type { CellResult } from '../../../src/core/lab/result.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import { experimentFile, type ExperimentContent } from '../../../src/data/export/experiment.ts';

const design: ExperimentDesign = {
  title: 'Two | ways',
  question: 'Which one?',
  tasks: [{ id: 'd', name: '=SUM(1)' }],
  variants: [
    { id: 'x', title: 'One, way', method: 'dual-phase', options: {}, start: 'own' },
    { id: 'y', title: 'Other', method: 'ape', options: {}, start: 'own' },
  ],
  seeds: [1],
  budget: { ...unlimited, calls: 100 },
};
const results: readonly CellResult[] = cellsOf(design).map((cell) => ({
  ...cell,
  points: [{ calls: 40, tokens: 400, minutes: 1, accuracy: cell.variant === 'x' ? 0.75 : 0.5 }],
  spent: { calls: 90, tokens: 900, minutes: 2 },
  steps: 2,
  stopReason: 'budget',
  prompt: 'Say "yes".\nThen stop.',
  testExamples: 50,
}));
const content: ExperimentContent = { design, model: 'Simulated model, weak', isSimulated: true, results };

describe('an experiment as a file', () => {
  it('is a row per run in CSV, quoted where needed, without a formula, labelled as simulated', () => {
    const [head, first] = experimentFile('csv', content).split('\r\n');
    expect(head).toMatch(/^model,simulated,task,variant,method,seed,test_accuracy,/);
    expect(first).toBe(
      `"Simulated model, weak","yes, not a language model",'=SUM(1),"One, way",dual-phase,1,0.75,50,90,900,2,2,budget,"Say ""yes"".\nThen stop."`,
    );
  });

  it('is everything in JSON', () => {
    const read: unknown = JSON.parse(experimentFile('json', content));
    expect(read).toMatchObject({ format: 'sentential-experiment', isSimulated: true, design, results });
    expect(read).toHaveProperty('note', expect.stringContaining('Simulated model'));
  });

  it('is a report in Markdown: label, words, standing, pairs, curve', () => {
    const text = experimentFile('md', content);
    expect(text).toContain('**Simulated model: ');
    expect(text).toContain('| One, way | 75.0 % | 40 | 90 | 2.0 | 1 |');
    expect(text).toContain('| Other | 25.0 points | 1 | 0 | 1 | 1.0 |');
    expect(text).toContain('| 30 | – | – |');
    expect(text).toContain('| 40 | 75.0 % | 50.0 % |');
    expect(text).toContain('- **Other** begins with a plain prompt; all options as usual.');
  });

  it('says nothing of simulation where a language model answered', () => {
    const real = { ...content, model: 'Llama', isSimulated: false };
    for (const format of ['csv', 'json', 'md'] as const)
      expect(experimentFile(format, real)).not.toMatch(/not a language model|Simulated model/);
  });
});
