/** The parameters of the dual-phase method. Defaults are the recommended choices; the preset `paper` has the published ones. */
import type { Unit } from '../prompt/units.ts';
import { pruneAtEnd } from '../prune/options.ts';
import { choice, integer, share, toggle, type OptionsOf } from '../options.ts';

export const dualPhaseOptions = {
  steps: integer('Accepted rewrites, at most', 5, 1, 50, { unit: 'steps' }),
  attempts: integer('Attempts per step before the search ends as converged', 10, 1, 50, { unit: 'attempts' }),
  triesPerSentence: integer('Attempts on the same sentence within a step', 4, 1, 50, {
    unit: 'attempts',
    advanced: true,
  }),
  exemplars: integer('Examples shown when the first prompt is written', 4, 1, 10, { unit: 'examples' }),
  drafts: integer('First prompts that are drafted; the best on the training examples is kept', 3, 1, 10, {
    unit: 'prompts',
  }),
  draftExamples: integer('Training examples the drafts are compared on', 10, 2, 200, {
    unit: 'examples',
    advanced: true,
  }),
  draftTemperature: share('Sampling temperature of the drafts', 0.8, 0, 2, { advanced: true }),
  failuresShown: integer('Failure cases shown for a rewrite; 0 leaves them out', 3, 0, 10, { unit: 'cases' }),
  failuresFrom: choice(
    'Where shown failures come from: training examples (nothing of the validation set leaks) or validation, as published',
    'train',
    ['train', 'validation'],
    { advanced: true },
  ),
  failuresSought: integer(
    'Failures to look for among the training examples before a rewrite is asked for; 0 looks at all of them',
    6,
    0,
    200,
    { unit: 'cases', advanced: true },
  ),
  failureSelection: choice(
    'Which failures are shown: as different as possible, by lot, or all of the most frequent kind',
    'diverse',
    ['diverse', 'random', 'frequent'],
    { advanced: true },
  ),
  granularity: choice(
    'What one rewrite replaces: a word, a phrase (up to the punctuation of a clause), a sentence, or the whole prompt as in other methods',
    'sentence',
    ['word', 'phrase', 'sentence', 'whole'],
    { advanced: true },
  ),
  metaForm: choice(
    'Form the first prompt is asked for in: five parts with headings, or one paragraph',
    'five-part',
    ['five-part', 'paragraph'],
    { advanced: true },
  ),
  metaContent: choice(
    'How the first prompt is asked for: as the lost instruction behind the examples, or plainly as an instruction for such examples',
    'recover',
    ['recover', 'write'],
    { advanced: true },
  ),
  rewritesPerAttempt: integer(
    'Rewrites sampled per attempt; the best on the failures goes on to validation',
    3,
    1,
    10,
    {
      unit: 'rewrites',
    },
  ),
  rewriteTemperature: share('Sampling temperature of the rewrites', 0.9, 0, 2, { advanced: true }),
  rewriteTokens: integer('Tokens a rewritten sentence may take', 120, 20, 1000, {
    unit: 'tokens',
    advanced: true,
  }),
  draftTokens: integer('Tokens a drafted prompt may take', 700, 100, 4000, {
    unit: 'tokens',
    advanced: true,
  }),
  triedShown: integer('Earlier rewrites of the sentence shown, with what they solved', 4, 0, 10, {
    unit: 'rewrites',
    advanced: true,
  }),
  failureShare: share('H_f: share of the failures a rewrite must solve to reach validation (Eq. 7)', 0.3),
  validationGain: share('H_v: gain on validation a rewrite must show (Eq. 8)', 0.1),
  gate: choice(
    'How validation decides: "curtailed" also demands an exact paired test and stops early when that refuses; "sequential" asks both prompts the same examples in turn and may also accept early; "adaptive" takes the second with many validation examples of which the current prompt gets many wrong, else the first; "plain" is the published threshold',
    'adaptive',
    ['adaptive', 'curtailed', 'sequential', 'plain'],
  ),
  level: share(
    'Level of the paired test: chance that a rewrite which is no better is kept',
    0.05,
    0.001,
    0.5,
  ),
  weights: choice(
    'How sentence weights learn: "exp3" after every attempt, "paper" as in Eq. 5 and 9 on acceptance only',
    'exp3',
    ['exp3', 'paper'],
    { advanced: true },
  ),
  mixing: share('Alpha: weight of validation against failures in the reward (Eq. 9)', 0.4, 0, 1, {
    advanced: true,
  }),
  learningRate: share('Mu of Eq. 9; used by the paper weights', 0.055, 0, 1, { advanced: true }),
  exploration: share('Share of uniform sampling; used by the exp3 weights', 0.1, 0, 1, { advanced: true }),
  exp3Rate: share('Step size of the exp3 weights', 0.3, 0, 5, { advanced: true }),
  sampling: choice(
    'Which sentence is rewritten: drawn by weight, or every one alike',
    'weighted',
    ['weighted', 'uniform'],
    {
      advanced: true,
    },
  ),
  libraryShare: share(
    'Share of the attempts that also try a sentence of a small library (steps, checks, answer format) behind the chosen one; needs no optimizer call',
    0,
  ),
  libraryWhenStuck: toggle(
    'Try a sentence of the library when none of an attempt’s rewrites was usable',
    false,
    { advanced: true },
  ),
  operatorShare: share(
    'Share of the rewrites that are asked for by a plain instruction (shorten, be more exact, add a check) instead of by failure cases; for small optimizer models',
    0,
    0,
    1,
    { advanced: true },
  ),
  deleteShare: share(
    'Share of the attempts that leave the chosen sentence out instead of rewriting it; kept when the prompt is shorter and no worse',
    0,
    0,
    1,
    { advanced: true },
  ),
  fewShot: choice(
    'Try the finished prompt with worked examples from the training set, kept only when they pass the same test; "when-stuck": where no sentence was improved',
    'off',
    ['off', 'when-stuck', 'always'],
  ),
  fewShotExamples: integer('Worked examples that are tried', 4, 1, 20, { unit: 'examples', advanced: true }),
  ...pruneAtEnd,
  reflection: toggle(
    'One more call per attempt asks what the shown failures have in common and which sentence is to blame: the cause is shown for the rewrites, the sentence is drawn more often',
    false,
    { advanced: true },
  ),
  insertShare: share(
    'Share of the attempts in which the model writes a new sentence behind the chosen one instead of rewriting it',
    0,
    0,
    1,
    { advanced: true },
  ),
  screen: integer(
    'Failures, and as many right answers, that a rewrite is tried on first: it must win more than it loses; 0 leaves this out',
    0,
    0,
    10,
    { unit: 'examples', advanced: true },
  ),
  pool: integer(
    'Prompts that the search may go on from; with more than one the parent is drawn by the validation examples it is the best on',
    1,
    1,
    10,
    { unit: 'prompts', advanced: true },
  ),
  merge: toggle(
    'Put two rewrites of different sentences together when each was better on validation, but not by enough; needs no optimizer call',
    false,
    { advanced: true },
  ),
  keepRight: toggle('Also show what the last accepted rewrite broke, to keep it right', true, {
    advanced: true,
  }),
} as const;

export type DualPhaseOptions = OptionsOf<typeof dualPhaseOptions>;

/** The pieces that a prompt is kept in; those of a prompt that is rewritten as a whole are sentences too. */
export function unitOf({ granularity }: Pick<DualPhaseOptions, 'granularity'>): Unit {
  return granularity === 'whole' ? 'sentence' : granularity;
}

export const dualPhasePresets = {
  recommended: {
    title: 'Recommended',
    summary:
      'Keeps a rewrite only when an exact paired test agrees. Of a large validation set it asks no more than the decision needs.',
    options: {},
  },
  thorough: {
    title: 'All of validation',
    summary:
      'Asks every validation example before it keeps a rewrite, however many there are. Finds a few more small gains, for more calls.',
    options: { gate: 'curtailed' },
  },
  'small-optimizer': {
    title: 'For small models',
    summary:
      'Also tries sentences of a library and worked examples, which need little of the model that writes.',
    options: { libraryShare: 0.25, libraryWhenStuck: true, fewShot: 'when-stuck' },
  },
  paper: {
    title: 'As published',
    summary:
      'Equations 5 to 9 with the published defaults: plain threshold, failures from validation, one rewrite at a time.',
    options: {
      drafts: 1,
      failuresFrom: 'validation',
      rewritesPerAttempt: 1,
      gate: 'plain',
      weights: 'paper',
      triedShown: 0,
      keepRight: false,
      triesPerSentence: 10,
    },
  },
} as const;
