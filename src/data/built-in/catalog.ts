/** What lists show of the built-in tasks, apart from their generators, so that a page need not load those. */
import type { MetricKind } from '../../core/types.ts';

export type BuiltInTaskId =
  | 'object-counting'
  | 'navigate'
  | 'web-of-lies'
  | 'dates'
  | 'tracking-objects'
  | 'word-sorting'
  | 'temporal-sequences'
  | 'boolean-expressions';

export interface BuiltInTaskInfo {
  readonly id: BuiltInTaskId;
  readonly title: string;
  readonly summary: string;
  readonly answerKind: MetricKind;
  /** Examples in the dataset. */
  readonly size: number;
  /** The expected answers follow a rule that the inputs do not tell and a first prompt cannot know. */
  readonly hiddenConvention: boolean;
}

const size = 240;

export const builtInTasks: readonly BuiltInTaskInfo[] = [
  {
    id: 'object-counting',
    title: 'Object counting',
    summary: 'How many things of one sort are in a list? The answers follow a rule about which things count.',
    answerKind: 'number',
    size,
    hiddenConvention: true,
  },
  {
    id: 'dates',
    title: 'Dates',
    summary: 'Which date is so many days, weeks or months away? The notes have an order of day and month.',
    answerKind: 'multiple-choice',
    size,
    hiddenConvention: true,
  },
  {
    id: 'navigate',
    title: 'Navigate',
    summary: 'Does a walk end where it began? The answers follow a rule about what counts as being back.',
    answerKind: 'yes-no',
    size,
    hiddenConvention: true,
  },
  {
    id: 'temporal-sequences',
    title: 'Temporal sequences',
    summary:
      'When could someone have been at a place? The answers follow a rule for days with two free times.',
    answerKind: 'multiple-choice',
    size,
    hiddenConvention: true,
  },
  {
    id: 'word-sorting',
    title: 'Word sorting',
    summary: 'Put words in order. The answers follow a rule about capital letters.',
    answerKind: 'list',
    size,
    hiddenConvention: true,
  },
  {
    id: 'web-of-lies',
    title: 'Web of lies',
    summary: 'Who tells the truth at the end of a row of statements?',
    answerKind: 'yes-no',
    size,
    hiddenConvention: false,
  },
  {
    id: 'tracking-objects',
    title: 'Tracking shuffled objects',
    summary: 'Three people swap things. Who has what at the end?',
    answerKind: 'multiple-choice',
    size,
    hiddenConvention: false,
  },
  {
    id: 'boolean-expressions',
    title: 'Boolean expressions',
    summary: 'Is an expression of "not", "and" and "or" true or false?',
    answerKind: 'yes-no',
    size,
    hiddenConvention: false,
  },
];
