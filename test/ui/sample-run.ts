/** A run of a counting task as it could have been, with every way an attempt can end. Its figures follow from its bits. */

import type { PairedComparison, RunReport } from '../../src/core/report.ts';
import { mcnemarTwoSided } from '../../src/core/stats/mcnemar.ts';
import { wilsonInterval } from '../../src/core/stats/wilson.ts';
import type { Candidate, EvaluationSummary, Sentence, SplitName } from '../../src/core/types.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { RunRecord } from '../../src/storage/run-record.ts';
import { heading, RunLog, sentence } from './run-log.ts';

const things = ['a clarinet', 'four drums', 'two cabbages', 'a nectarine', 'three ovens', 'a chair'];

export const sampleDataset: Dataset = {
  schemaVersion: 1,
  id: 'counting',
  name: 'Counting objects',
  description: 'How many are there?',
  source: { kind: 'built-in', task: 'counting', seed: 7 },
  metric: { kind: 'number' },
  choices: [],
  examples: (['validation', 'test', 'train'] as SplitName[]).flatMap((split) =>
    Array.from({ length: 50 }, (_, index) => ({
      id: `${split[0] ?? ''}${index}`,
      input: `I have ${things[index % 6] ?? ''}, ${things[(index + 2) % 6] ?? ''} and ${things[(index + 3) % 6] ?? ''}. How many things of one kind do I have in total?`,
      target: String((index % 7) + 2),
    })),
  ),
  facets: null,
  needs: null,
  createdAt: 0,
};

export const startSentences: Sentence[] = [
  heading('h1', '# Task type'),
  sentence('s1', 'This is a counting task.', { suffix: '\n\n' }),
  heading('h2', '# Task description'),
  sentence('s2', 'You are given a list of things and asked how many of one kind there are.'),
  sentence('s3', 'Count the items.', { suffix: '\n\n' }),
  heading('h3', '# Output format and constraints'),
  sentence('s4', 'Answer with one whole number in digits.', {
    suffix: '\n\n',
    locked: true,
    optimizable: false,
  }),
  heading('h4', '# Reasoning process'),
  sentence('s5', 'Think about it step by step.'),
  sentence('s6', 'Treat “a” and “an” as one.', { suffix: '\n\n' }),
  heading('h5', '# Tips'),
  sentence('s7', 'Check the kind of each word before you add it.', { suffix: '\n' }),
];

function reworded(sentences: readonly Sentence[], id: string, content: string): Sentence[] {
  return sentences.map((known) => (known.id === id ? { ...known, content } : known));
}

const counted = reworded(
  startSentences,
  's5',
  'Go through the list from left to right and keep a running total.',
);
const best = reworded(
  counted,
  's3',
  'Count every item of that kind, adding the number stated before it, and leave out what belongs to another kind.',
);

/** `right` of `n` are right, spread evenly and shifted, so that two candidates differ on some examples. */
function bits(right: number, n: number, shift = 0): string {
  return Array.from({ length: n }, (_, index) => ((index * 7 + shift) % n < right ? '1' : '0')).join('');
}

const chances = { s1: 0.06, s2: 0.16, s3: 0.34, s5: 0.22, s6: 0.1, s7: 0.12 };
const startBits = bits(24, 50);
const countedBits = bits(31, 50, 2);
const bestBits = bits(36, 50, 3);

/** The log up to the middle of step 3, while a candidate is being checked. */
export function runningLog(): RunLog {
  const log = new RunLog().start({ train: 50, validation: 50, test: 50 });
  log.push({ type: 'phase-started', phase: 'initial-prompt' }).candidate('c0', startSentences);
  log.evaluate('c0', startBits).settle('c0', startBits);
  log.push({ type: 'phase-started', phase: 'search' }, { type: 'step-started', step: 1, of: 5 });
  log
    .choose(1, 1, 's5', chances)
    .push({ type: 'proposing', what: 'a new wording of a sentence', sentenceId: 's5' });
  log
    .candidate('c1', reworded(startSentences, 's5', 'Think hard.'), 'rewrite', {
      parentId: 'c0',
      sentenceId: 's5',
    })
    .gate('c1', 'failures', 'useless', { wins: 1, asked: 10, planned: 14 });
  log.candidate('c2', counted, 'rewrite', { parentId: 'c0', sentenceId: 's5' }).evaluate('c2', countedBits);
  log
    .gate('c2', 'validation', 'accepted', { wins: 11, losses: 4, planned: 50, pValue: 0.04 })
    .settle('c2', countedBits);
  log.push({ type: 'step-finished', step: 1, accepted: true }, { type: 'step-started', step: 2, of: 5 });
  log.choose(2, 1, 's3', chances);
  log.push(
    { type: 'proposing', what: 'a new wording of a sentence', sentenceId: 's3' },
    {
      type: 'proposal-rejected',
      code: 'meta-talk',
      reply: 'Sure! Here is the revised sentence:',
      sentenceId: 's3',
    },
  );
  log
    .candidate('c3', reworded(counted, 's3', 'Count all matching items one after another.'), 'rewrite', {
      parentId: 'c2',
      sentenceId: 's3',
    })
    .gate('c3', 'validation', 'noise', { wins: 3, losses: 2, asked: 31, planned: 50, pValue: 0.5 });
  log.candidate('c4', best, 'rewrite', { parentId: 'c2', sentenceId: 's3' }).evaluate('c4', bestBits);
  log
    .gate('c4', 'validation', 'accepted', { wins: 9, losses: 4, planned: 50, pValue: 0.03 })
    .settle('c4', bestBits);
  log.push({ type: 'step-finished', step: 2, accepted: true }, { type: 'step-started', step: 3, of: 5 });
  log.choose(3, 1, 's3', chances);
  log.candidate('c5', reworded(best, 's3', 'Count every item of that kind, twice.'), 'rewrite', {
    parentId: 'c4',
    sentenceId: 's3',
  });
  const checking = new RunLog().evaluate('c5', bits(14, 21, 5), 'validation', 50).events;
  return log.push(...checking.slice(0, -1).map(({ event }) => event));
}

function compared(start: string, found: string): PairedComparison {
  const right = (text: string) => Array.from(text).filter((bit) => bit === '1').length;
  const wins = Array.from(start).filter((bit, index) => bit === '0' && found[index] === '1').length;
  const losses = Array.from(start).filter((bit, index) => bit === '1' && found[index] === '0').length;
  const pValue = mcnemarTwoSided(wins, losses);
  const isSame = start === found;
  const direction = wins > losses ? 'better' : 'worse';
  return {
    examples: start.length,
    start: right(start) / start.length,
    best: right(found) / found.length,
    startInterval: wilsonInterval(right(start), start.length),
    bestInterval: wilsonInterval(right(found), found.length),
    wins,
    losses,
    pValue,
    verdict: isSame ? 'same' : pValue <= 0.05 ? direction : 'noise',
  };
}

function summary(candidateId: string, split: SplitName, text: string): EvaluationSummary {
  const correct = Array.from(text).filter((bit) => bit === '1').length;
  return {
    candidateId,
    split,
    accuracy: correct / text.length,
    correct,
    asked: text.length,
    planned: text.length,
  };
}

const textOf = (sentences: readonly Sentence[]) =>
  sentences.map((part) => part.content + part.suffix).join('');

/** `helped`: the best prompt is clearly better; `noise`: a little better on paper; `nothing`: the start is the best. */
export function sampleReport(end: 'helped' | 'noise' | 'nothing' = 'helped'): RunReport {
  const isStart = end === 'nothing';
  const log = runningLog();
  const startTest = bits(20, 50, 1);
  const bestTest = isStart ? startTest : end === 'helped' ? bits(36, 50, 4) : bits(22, 50, 9);
  const start: Candidate = {
    id: 'c0',
    parentId: null,
    sentences: startSentences,
    origin: { operation: 'draft' },
  };
  const found: Candidate = {
    id: 'c4',
    parentId: 'c2',
    sentences: best,
    origin: { operation: 'rewrite', sentenceId: 's3' },
  };
  const chosen = isStart ? start : found;
  return {
    method: 'dual-phase',
    stopReason: 'steps-done',
    start,
    best: chosen,
    recommended: end === 'helped' ? 'best' : 'start',
    startText: textOf(startSentences),
    bestText: textOf(chosen.sentences),
    evaluations: {
      startValidation: summary('c0', 'validation', startBits),
      bestValidation: summary(chosen.id, 'validation', isStart ? startBits : bestBits),
      startTest: summary('c0', 'test', startTest),
      bestTest: summary(chosen.id, 'test', bestTest),
    },
    validation: compared(startBits, isStart ? startBits : bestBits),
    test: compared(startTest, bestTest),
    steps: 5,
    candidatesTested: 3,
    candidatesAccepted: isStart ? 0 : 2,
    rejectedProposals: 1,
    expectedFalseAccepts: 0.15,
    spent: log.spent,
  };
}

export function finishedLog(report: RunReport): RunLog {
  return runningLog()
    .push({ type: 'step-finished', step: 3, accepted: false })
    .push({ type: 'phase-started', phase: 'confirmation' })
    .push({ type: 'run-finished', report });
}

export function sampleRecord(more: Partial<RunRecord> = {}): RunRecord {
  return {
    schemaVersion: 1,
    id: 'r1',
    config: {
      name: 'Counting objects',
      datasetId: 'counting',
      method: 'dual-phase',
      options: {},
      seed: 7,
      sizes: { train: 50, validation: 50, test: 50 },
      metric: { kind: 'number' },
      choices: [],
      answer: { maxTokens: 64, suffix: '', constrain: false },
      userPrompt: null,
      taskModel: { engine: 'simulated', skill: 'middling' },
      optimizerModel: null,
      budget: { calls: null, tokens: null, minutes: null },
      askMe: false,
    },
    status: 'running',
    createdAt: Date.UTC(2026, 10, 20, 9, 30),
    updatedAt: Date.UTC(2026, 10, 20, 9, 50),
    eventCount: 0,
    report: null,
    error: null,
    ...more,
  };
}
