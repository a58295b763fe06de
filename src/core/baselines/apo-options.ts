/** Parameters of APO. Defaults suit a small model in the browser; the preset `official` has those of the repository. */
import { choice, integer, share, toggle, type OptionsOf } from '../options.ts';
import { writingOptions } from './writer.ts';

export const apoOptions = {
  rounds: integer('Rounds of edits', 3, 1, 20, { unit: 'rounds' }),
  beam: integer('b: prompts kept after a round', 2, 1, 10, { unit: 'prompts' }),
  minibatch: integer('Training examples in which a round looks for errors', 16, 1, 200, { unit: 'examples' }),
  gradients: integer('g: groups of errors per prompt; each gets its reasons', 2, 1, 10, { unit: 'groups' }),
  errorsPerGradient: integer('Errors in a group', 3, 1, 10, { unit: 'cases' }),
  reasonsPerGradient: integer('q: reasons asked for per group', 1, 1, 5, { unit: 'reasons', advanced: true }),
  editsPerReason: integer('s: edited prompts per reason', 1, 1, 5, { unit: 'prompts', advanced: true }),
  paraphrases: integer('c: paraphrases of every edit and of the prompt itself', 1, 0, 5, { unit: 'prompts' }),
  expansion: integer('X: new prompts per prompt of the beam, at most', 4, 1, 50, { unit: 'prompts' }),
  rejectOnErrors: toggle('Choose the X by their score on errors of the minibatch instead of by lot', false, {
    advanced: true,
  }),
  evaluator: choice(
    'How candidates are compared: UCB, UCB-E, successive rejects, sampled successive rejects, successive halving, or all on the same examples',
    'ucb',
    ['ucb', 'ucb-e', 'sr', 's-sr', 'sh', 'bf'],
  ),
  evaluations: integer('B: evaluations per round of sr, s-sr, sh and bf', 200, 1, 10_000, {
    unit: 'evaluations',
  }),
  ucbRounds: integer('UCB: rounds', 5, 1, 50, { unit: 'rounds', advanced: true }),
  ucbPrompts: integer('UCB: prompts pulled per round', 4, 1, 50, { unit: 'prompts', advanced: true }),
  ucbExamples: integer('UCB: examples per pull', 10, 1, 200, { unit: 'examples', advanced: true }),
  exploration: share('UCB: c, the weight of exploration', 1, 0, 10, { advanced: true }),
  ...writingOptions(0.7),
} as const;

export type ApoOptions = OptionsOf<typeof apoOptions>;

export const apoPresets = {
  browser: {
    title: 'Browser',
    summary: 'Three rounds with two prompts, two groups of errors each and 200 evaluations.',
    options: {},
  },
  official: {
    title: 'Official',
    summary:
      'The repository’s defaults: six rounds, beam of four, 64 examples, UCB with 2,048 evaluations per round.',
    options: {
      rounds: 6,
      beam: 4,
      minibatch: 64,
      gradients: 4,
      errorsPerGradient: 4,
      paraphrases: 2,
      expansion: 8,
      evaluations: 2048,
      ucbRounds: 8,
      ucbPrompts: 8,
      ucbExamples: 32,
    },
  },
} as const;
