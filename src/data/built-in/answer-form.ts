/** What several tasks ask of the form of an answer. */
import type { Facet } from '../../models/simulated/world.ts';

export const optionLetterForm: Facet = {
  id: 'format',
  kind: 'format',
  label: 'the answer is the letter of an option',
  statements: [
    'Answer with only the letter of the right option in parentheses.',
    'Reply with just the option letter and no further words.',
    'Give a single option letter such as those listed as the final answer.',
  ],
  cues: [
    ['answer', 'reply', 'respond', 'write', 'give', 'output'],
    ['letter'],
    ['only', 'just', 'single', 'nothing else'],
  ],
};

export const yesNoForm: Facet = {
  id: 'format',
  kind: 'format',
  label: 'the answer is only Yes or No',
  statements: [
    'Answer with only one word, either Yes or No.',
    'Reply with just Yes or No and add nothing else.',
    'The final answer must be the single word Yes or No.',
  ],
  cues: [
    ['answer', 'reply', 'respond', 'write', 'give', 'output'],
    ['yes'],
    ['only', 'just', 'single', 'one word', 'nothing else'],
  ],
};
