/** What the simulated optimizer model writes when it names no facet, part by part of a prompt. */

export const platitudes = {
  type: [
    'This is a question with one right answer.',
    'This task asks for a short answer to a question about a given text.',
    'You solve small reasoning problems.',
  ],
  description: [
    'You are given an input and must work out what it asks.',
    'Each input describes a situation and ends with a question about it.',
    'Use all the information that the input gives.',
    'The answer follows from the input alone.',
  ],
  format: [
    'Give a clear answer.',
    'State the result plainly at the end.',
    'Keep the answer easy to understand.',
  ],
  steps: [
    'Read the whole input carefully.',
    'Think about what is being asked.',
    'Use logic to reach the answer.',
    'Make sure that the answer fits the question.',
  ],
  tips: [
    'Pay attention to detail.',
    'Be careful and precise.',
    'Stay focused on the question.',
    'Do your best on every input.',
  ],
} as const;

export type PromptPart = keyof typeof platitudes;

export const harmfulSentences: readonly string[] = [
  'Trust your first impression and answer quickly.',
  'If the input is long, pick an answer at random.',
  'Guess when several answers seem possible.',
  'Skip reasoning and go straight to the answer.',
  'Ignore small details of the input.',
  'Always give the same answer unless it is clearly wrong.',
];

/** Openings that change a sentence and not what it says. */
export const fillers: readonly string[] = [
  'In every case, ',
  'As a rule, ',
  'Please note: ',
  'Above all, ',
  'For this task, ',
  'At all times, ',
];

export const uselessReasons: readonly string[] = [
  'The model did not read the input carefully enough.',
  'The instruction is not clear enough, so the model gets confused.',
  'The model lacks attention to detail and makes careless mistakes.',
  'The inputs are difficult and need more thought.',
];

export const refusals: readonly string[] = [
  "I'm sorry, but I can't help with that.",
  'As an AI language model, I cannot change the instruction.',
  'Could you please give me more details about the task?',
];

export const preambles: readonly string[] = [
  'Sure! Here is the improved version:\n',
  'Certainly. Based on the failed cases, I suggest:\n',
  'Here you go:\n',
];
