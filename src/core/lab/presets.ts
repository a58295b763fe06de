/** Experiments at one press. Methods have their browser defaults, with as many rounds as the budget allows. */
import type { Budget } from '../run/meter.ts';
import { unlimited } from '../run/meter.ts';
import type { ExperimentDesign, Variant } from './design.ts';

export interface LabPreset {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** What to look at in the result, for a class. */
  readonly lookAt: string;
  readonly variants: readonly Variant[];
  /** Tasks of the catalogue it takes, from the first on. */
  readonly taskCount: number;
  readonly seeds: readonly number[];
  readonly budget: Budget;
}

type Options = Variant['options'];

function dualPhase(
  id: string,
  title: string,
  options: Options = {},
  start: Variant['start'] = 'own',
): Variant {
  return { id, title, method: 'dual-phase', options, start };
}

/** What a method gets when its own number of rounds would end it before the budget does. */
export const untilSpent: Readonly<Partial<Record<Variant['method'], Options>>> = {
  ape: { resamplingRounds: 3 },
  apo: { rounds: 20 },
  'prompt-agent': { iterations: 50, width: 3, depth: 5, minDepth: 2 },
  opro: { steps: 500 },
  gepa: { iterations: 1000 },
};

function rival(method: Variant['method'], title: string, start: Variant['start'] = 'own'): Variant {
  return { id: method, title, method, options: untilSpent[method] ?? {}, start };
}

const common = { taskCount: 4, seeds: [1, 2, 3], budget: { ...unlimited, calls: 800 } } as const;

export const labPresets: readonly LabPreset[] = [
  {
    ...common,
    id: 'race',
    title: 'The race',
    question: 'Which method finds the best prompt with the same number of calls?',
    lookAt:
      'Look at how early each line rises, and whether the bands overlap. A line that starts late has spent its calls before it had a first prompt.',
    variants: [
      dualPhase('dual-phase', 'Dual-phase'),
      rival('prompt-agent', 'PromptAgent'),
      rival('apo', 'APO'),
      rival('ape', 'APE'),
    ],
  },
  {
    ...common,
    id: 'one-start',
    title: 'Searches from one prompt',
    question: 'Which search is the best when all begin with the same first prompt?',
    lookAt:
      'The race compares first prompts as well as searches. Here all begin with the first prompt of dual-phase, whose cost is charged to each, so the lines begin together and only the searches differ.',
    variants: [
      dualPhase('dual-phase', 'Dual-phase', {}, 'phase-1'),
      rival('prompt-agent', 'PromptAgent', 'phase-1'),
      rival('apo', 'APO', 'phase-1'),
      rival('gepa', 'GEPA', 'phase-1'),
    ],
  },
  {
    ...common,
    id: 'initialization',
    title: 'The first prompt',
    question: 'How much does the way the first prompt is made matter to the end result?',
    lookAt:
      'Compare where the lines begin with where they end: a search that works makes up for a poor start, but pays for it in calls.',
    variants: [
      dualPhase('three-drafts', 'Best of three drafts'),
      dualPhase('one-draft', 'One draft', { drafts: 1 }),
      dualPhase('plain', 'A plain prompt', {}, 'plain'),
    ],
  },
  {
    ...common,
    id: 'failures',
    title: 'Failure cases on or off',
    question: 'Does it help to show the model what went wrong?',
    lookAt:
      'Without failure cases a rewrite is a guess. See how far guesses get. The simulated model learns from cases alone, so with it this is all or nothing; a language model can also guess well.',
    variants: [
      dualPhase('failures-on', 'Three failure cases shown'),
      dualPhase('failures-off', 'None shown', { failuresShown: 0, keepRight: false }),
    ],
  },
  {
    ...common,
    id: 'whole-or-sentences',
    title: 'Whole prompt or sentences',
    question: 'Is it better to rewrite one sentence at a time than the whole prompt?',
    lookAt:
      'The search, the failures and the tests are the same; only what one rewrite replaces differs, and whether the sentence is drawn by what it has earned or by lot.',
    variants: [
      dualPhase('weighted', 'Weighted sentences'),
      dualPhase('uniform', 'Any sentence alike', { sampling: 'uniform' }),
      dualPhase('whole', 'The whole prompt', { granularity: 'whole' }),
    ],
  },
  {
    ...common,
    id: 'meta-instruction',
    title: 'The meta-instruction',
    question:
      'What in the request for the first prompt matters: its content, its form, or the examples in it?',
    lookAt:
      'Each line changes one thing only. One draft each, so that luck in choosing among drafts does not hide the difference.',
    variants: [
      dualPhase('usual', 'Five parts, four examples', { drafts: 1 }),
      dualPhase('content', 'Asked plainly', { drafts: 1, metaContent: 'write' }),
      dualPhase('form', 'One paragraph', { drafts: 1, metaForm: 'paragraph' }),
      dualPhase('one-example', 'One example', { drafts: 1, exemplars: 1 }),
      dualPhase('eight-examples', 'Eight examples', { drafts: 1, exemplars: 8 }),
    ],
  },
  {
    ...common,
    id: 'granularity',
    title: 'Word, phrase, sentence, prompt',
    question: 'How much of the prompt should one rewrite replace?',
    lookAt:
      'A word leaves little room for a new rule, the whole prompt risks what was right. Compare the score as well as the calls. With the simulated model a rule counts only where one sentence says all of it, so small pieces have a hard time; a language model may need less.',
    variants: [
      dualPhase('sentence', 'A sentence'),
      dualPhase('word', 'A word', { granularity: 'word' }),
      dualPhase('phrase', 'A phrase', { granularity: 'phrase' }),
      dualPhase('whole', 'The whole prompt', { granularity: 'whole' }),
    ],
  },
  {
    ...common,
    id: 'failure-selection',
    title: 'Which failures are shown',
    question:
      'Does it matter which failure cases the model is shown, for the score and for the number of steps?',
    lookAt:
      'Compare the steps as well as the score: good cases should need fewer attempts for the same gain.',
    variants: [
      dualPhase('diverse', 'As different as possible'),
      dualPhase('random', 'By lot', { failureSelection: 'random' }),
      dualPhase('frequent', 'The most frequent kind', { failureSelection: 'frequent' }),
    ],
  },
];

/** Everything but the tasks, which the page knows. */
export function designFrom(preset: LabPreset, tasks: ExperimentDesign['tasks']): ExperimentDesign {
  const { title, question, variants, seeds, budget } = preset;
  return { title, question, variants, seeds, budget, tasks };
}
