import { describe, expect, it } from 'vitest';
import {
  comparisonInWords,
  examplesInWords,
  gapInWords,
  luckInWords,
  savingInWords,
  untestedInWords,
  verdictOf,
} from '../../src/ui/state/result-words.ts';
import { gainOf } from '../../src/ui/state/run-gain.ts';
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
