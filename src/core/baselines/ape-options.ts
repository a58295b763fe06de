/** Parameters of APE. Defaults suit a small model in the browser; the preset `official` has those of bandits.yaml. */
import { choice, integer, share, type OptionsOf } from '../options.ts';
import { writingOptions } from './writer.ts';

export const apeOptions = {
  exemplarSets: integer('S: sets of examples drawn for generation', 4, 1, 20, { unit: 'sets' }),
  promptsPerSet: integer('G: prompts generated from each set', 4, 1, 100, { unit: 'prompts' }),
  exemplars: integer('Examples in a set', 5, 1, 10, { unit: 'examples' }),
  scoring: choice(
    'How prompts are compared: successive halving, UCB, or all on the same examples',
    'halving',
    ['halving', 'ucb', 'full'],
  ),
  firstRung: integer('Halving: examples on the first rung; each rung doubles them', 8, 1, 100, {
    unit: 'examples',
    advanced: true,
  }),
  rungs: integer('Halving: rungs', 3, 1, 6, { unit: 'rungs', advanced: true }),
  fullExamples: integer('Full: examples each prompt is scored on', 20, 1, 500, {
    unit: 'examples',
    advanced: true,
  }),
  ucbRounds: integer('UCB: rounds', 5, 1, 50, { unit: 'rounds', advanced: true }),
  ucbPrompts: integer('UCB: prompts pulled per round', 8, 1, 100, { unit: 'prompts', advanced: true }),
  ucbExamples: integer('UCB: examples per pull', 6, 1, 100, { unit: 'examples', advanced: true }),
  exploration: share('UCB: c, the weight of exploration', 1, 0, 10, { advanced: true }),
  resamplingRounds: integer('Rounds that paraphrase the best prompts and compare again', 0, 0, 3, {
    unit: 'rounds',
  }),
  keptShare: share('Share of the prompts that is paraphrased', 0.1, 0.01, 1, { advanced: true }),
  paraphrases: integer('Paraphrases of each of them', 4, 1, 20, { unit: 'prompts', advanced: true }),
  ...writingOptions(0.9),
} as const;

export type ApeOptions = OptionsOf<typeof apeOptions>;

export const apePresets = {
  browser: {
    title: 'Browser',
    summary: '16 prompts, compared by successive halving on 8, 16 and 32 examples.',
    options: {},
  },
  official: {
    title: 'Official',
    summary: '250 prompts, compared by UCB in 5 rounds of 50 prompts on 50 examples (bandits.yaml).',
    options: {
      exemplarSets: 5,
      promptsPerSet: 50,
      scoring: 'ucb',
      ucbRounds: 5,
      ucbPrompts: 50,
      ucbExamples: 50,
    },
  },
} as const;
