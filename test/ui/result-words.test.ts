import { describe, expect, it } from 'vitest';
import {
  comparisonInWords,
  endInWords,
  examplesInWords,
  gapInWords,
  luckInWords,
  savingInWords,
  untestedInWords,
  verdictOf,
} from '../../src/ui/state/result-words.ts';
import { choiceInWords } from '../../src/data/export/result.ts';
import { toMarkdown } from '../../src/data/export/markdown.ts';
import { gainOf } from '../../src/ui/state/run-gain.ts';
import { runDetails } from '../../src/ui/state/run-title.ts';
import { resultWith } from '../data/export/sample-result.ts';
import { sampleRecord, sampleReport } from './sample-run.ts';

describe('the verdict of a run', () => {
  it('speaks of a real improvement only when the test examples confirm it', () => {
    const report = sampleReport('helped');
    expect(verdictOf(report).title).toBe('A real improvement');
    expect(verdictOf({ ...report, test: null }).title).not.toBe('A real improvement');
    expect(verdictOf({ ...report, test: null }).tone).toBe('noise');
  });

  it('says that nothing unseen confirms the figures when there was no final test', () => {
    const sample = sampleReport('noise');
    const validation = { ...sample.validation, verdict: 'noise' as const };
    const report = { ...sample, validation, test: null };
    expect(untestedInWords(report)).toMatch(/no final test/);
    expect(untestedInWords(sampleReport('noise'))).toBeNull();
    expect(untestedInWords({ ...sampleReport('nothing'), test: null })).toBeNull();
    const worse = { ...report, validation: { ...report.validation, verdict: 'worse' as const } };
    expect(verdictOf(worse).advice).not.toMatch(/never looked at/);
  });

  it('calls a gain within noise that', () => {
    expect(verdictOf(sampleReport('noise'))).toMatchObject({ title: 'Within noise', tone: 'noise' });
    expect(gainOf(sampleRecord({ report: sampleReport('noise') }))?.words).toBe('within noise');
  });

  it('says when nothing helped', () => {
    const report = sampleReport('nothing');
    expect(verdictOf(report).title).toBe('Nothing helped: keep the start');
    expect(comparisonInWords(report)).toBe(
      'On 50 test examples, looked at once: start and best are the same prompt.',
    );
    expect(gainOf(sampleRecord({ report }))?.words).toBe('start kept');
  });

  describe('where nothing came to the test', () => {
    const untried = {
      ...sampleReport('nothing'),
      steps: 0,
      candidatesTested: 0,
      expectedFalseAccepts: 0,
      stopReason: 'converged' as const,
    };
    const startValidation = { ...untried.evaluations.startValidation, correct: 80, asked: 83, planned: 83 };
    const report = { ...untried, evaluations: { ...untried.evaluations, startValidation } };

    it('says that the start leaves too few examples to show a gain on', () => {
      expect(verdictOf(report)).toMatchObject({
        tone: 'plain',
        title: 'Little left to gain: keep the start',
      });
      expect(verdictOf(report).advice).toMatch(
        /already gets 80 of 83 validation examples right.*luck.*More validation examples would tell\.$/,
      );
      expect(endInWords(report, [])).toBe('no further gain could be told from luck');
      expect(endInWords(sampleReport(), [])).toBe('all planned steps were done');
    });

    it('says so too where the last step was kept, and not where the sentences had their turn', () => {
      const ended = { ...sampleReport(), stopReason: 'converged' as const, steps: 2 };
      expect(endInWords(ended, [{ state: 'kept', step: 2 }])).toMatch(/could be told from luck/);
      expect(endInWords(ended, [{ state: 'kept', step: 1 }])).toMatch(/worth another try/);
    });

    it('speaks of no luck', () => {
      expect(luckInWords(report)).toBe('No candidate reached the validation examples.');
    });

    it.each([
      ['no-failures', /every training example right/],
      ['budget', /budget was used up/],
      ['stopped', /You stopped it/],
      ['no-usable-proposal', /nothing that could be used/],
      ['steps-done', /No rewrite was good enough/],
    ] as const)('gives the reason: %s', (stopReason, words) => {
      const { title, advice } = verdictOf({ ...report, stopReason });
      expect(title).not.toMatch(/Nothing helped/);
      expect(advice).toMatch(words);
    });

    it('does not call a prompt that was only to be measured a failed search', () => {
      expect(verdictOf({ ...report, method: 'start-only', stopReason: 'steps-done' }).title).toBe(
        'Measured as it is',
      );
    });
  });

  it('says which prompt to use where the figures leave it open', () => {
    const noise = sampleReport('noise');
    expect(choiceInWords({ ...noise, recommended: 'best' })).toMatch(/better bet.*start is the safe choice/);
    expect(choiceInWords({ ...noise, recommended: 'start' })).toMatch(/cannot be told from luck/);
    const { startValidation } = noise.evaluations;
    const notAhead = { ...noise.evaluations, bestValidation: startValidation };
    expect(choiceInWords({ ...noise, recommended: 'best', evaluations: notAhead })).toMatch(
      /^Nothing shows that it is better/,
    );
    expect(choiceInWords(sampleReport('helped'))).toBeNull();
    expect(choiceInWords(sampleReport('nothing'))).toBeNull();
    const markdown = toMarkdown(resultWith({ more: { report: { ...noise, recommended: 'best' } } }));
    expect(markdown).toMatch(/Use: \*\*best\*\*\. It is the better bet/);
  });

  it('gives wins, losses and the exact p', () => {
    expect(comparisonInWords(sampleReport('helped'))).toMatch(
      /^On 50 test examples, looked at once: fixed \d+, broke \d+ \(exact paired test, two-sided p\s<\s0\.001\)\.$/,
    );
  });

  it('explains why the test is lower than the validation said', () => {
    const report = sampleReport('helped');
    const { test } = report;
    if (test === null) throw new Error('The sample has a test.');
    expect(gapInWords({ ...report, test: { ...test, best: 0.66 } })).toMatch(
      /^Validation said 72\s%, the test 66\s% \(−6 points\)\. Validation examples chose this prompt, so they flatter it\.$/,
    );
    expect(gapInWords({ ...report, test: null })).toBeNull();
  });

  it('shows tenths where the rounded figures and their difference would not agree', () => {
    const report = sampleReport('helped');
    const { test } = report;
    if (test === null) throw new Error('The sample has a test.');
    const said = (onValidation: number, onTest: number): string | null =>
      gapInWords({
        ...report,
        evaluations: {
          ...report.evaluations,
          bestValidation: { ...report.evaluations.bestValidation, accuracy: onValidation },
        },
        test: { ...test, best: onTest },
      });
    expect(said(0.953, 0.946)).toMatch(
      /^Validation said 95\.3\s%, the test 94\.6\s% \(−0\.7 points\)\. Validation examples/,
    );
    expect(said(0.976, 0.972)).toMatch(
      /^Validation said 97\.6\s%, the test 97\.2\s% \(−0\.4 points\)\. Validation examples/,
    );
    expect(said(0.97, 0.974)).toMatch(/^Validation said 97\.0\s%, the test 97\.4\s% \(\+0\.4 points\)\.$/);
    expect(said(0.9, 0.9)).toMatch(/^Validation said 90\s%, as the test does\.$/);
  });

  it('bounds what luck alone would have kept', () => {
    expect(luckInWords(sampleReport('helped'))).toBe(
      '3 candidates reached the validation examples, 2 were kept; expected to be kept by luck alone: at most 0.15.',
    );
  });
});

describe('what else changed in the best prompt', () => {
  const report = sampleReport('helped');

  it('is shorter by what pruning saved, and nothing is said where nothing was', () => {
    expect(savingInWords({ ...report, tokensSaved: 12 })).toMatch(/12 tokens shorter/);
    expect(savingInWords(report)).toBeNull();
  });

  it('has worked examples from the training data', () => {
    const content = 'Input: 2 + 2\nAnswer: 4\n\nInput: 3 + 3\nAnswer: 6';
    const exemplars = { id: 'x', kind: 'code', content, suffix: '', optimizable: false } as const;
    const best = { ...report.best, sentences: [...report.best.sentences, exemplars] };
    expect(examplesInWords({ ...report, best })).toMatch(/has 2 worked examples/);
    expect(examplesInWords({ ...report, best, start: best })).toBeNull();
    expect(examplesInWords(report)).toBeNull();
  });
});

describe('a run in a list', () => {
  it('has figures in tenths, which fit together', () => {
    const gain = gainOf(sampleRecord({ report: sampleReport('helped') }));
    expect(gain?.figures).toMatch(/^40\.0\s% → 72\.0\s%$/);
    expect(gain?.words).toBe('+32.0 points');
  });

  it('is told apart by method, changed options, start, seed and model', () => {
    const { config } = sampleRecord();
    expect(runDetails({ config })).toBe('dual-phase · seed 7 · Simulated model, middling');
    const other = { ...config, options: { drafts: 1, steps: 3 }, userPrompt: 'Count.', seed: 8 };
    expect(runDetails({ config: other })).toBe(
      'dual-phase, 2 options changed · from a given prompt · seed 8 · Simulated model, middling',
    );
  });
});
