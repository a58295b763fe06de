/**
 * Word sorting. Hidden convention: words with a capital letter come before all others, as in character codes.
 * Form after BIG-Bench Hard's `word_sorting`; words and sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf } from './task.ts';

/** Words per list; share of lists with capitals and with words that begin alike. */
const knobs = { words: [5, 9], capitalShare: 0.5, alikeShare: 0.4, rambleShare: 0.3 } as const;

/** Groups of words with the same first three letters. */
const alike = [
  ['candle', 'candor', 'canvas', 'canyon'],
  ['marble', 'margin', 'market', 'marrow'],
  ['planet', 'plank', 'plaster', 'plateau'],
  ['shadow', 'shallow', 'shanty', 'shawl'],
  ['garden', 'garlic', 'garnet', 'garter'],
  ['battle', 'batter', 'bathtub', 'baton'],
  ['thread', 'threshold', 'thrift', 'thrush'],
  ['pepper', 'pebble', 'pedal', 'pelican'],
] as const;

const plain = [
  'anvil',
  'bramble',
  'cobalt',
  'dune',
  'ember',
  'fern',
  'glacier',
  'harvest',
  'ink',
  'jigsaw',
  'kettle',
  'ladder',
  'meadow',
  'nettle',
  'otter',
  'parcel',
  'quarry',
  'ribbon',
  'saddle',
  'timber',
  'umbrella',
  'velvet',
  'willow',
  'yarn',
  'zinc',
  'acorn',
  'basil',
  'cider',
  'dome',
  'elbow',
  'fossil',
  'gravel',
  'hinge',
  'island',
  'jasmine',
  'kernel',
  'lentil',
  'mortar',
  'nozzle',
  'orchid',
  'puddle',
  'quiver',
  'rafter',
  'sieve',
  'tunnel',
  'vinegar',
  'wicker',
  'zephyr',
] as const;

const proper = [
  'Bergen',
  'Cusco',
  'Dakar',
  'Elbe',
  'Fiji',
  'Ghent',
  'Hanoi',
  'Izmir',
  'Kyoto',
  'Lagos',
  'Malmo',
  'Nairobi',
  'Oulu',
  'Porto',
  'Quito',
  'Riga',
  'Sofia',
  'Tunis',
  'Utrecht',
  'Varna',
  'Wroclaw',
  'Yerevan',
  'Zagreb',
] as const;

const openings = [
  'Sort these words:',
  'Put the words in order:',
  'Arrange the following words:',
  'Order this list of words:',
] as const;

const facets: readonly Facet[] = [
  {
    id: 'format',
    kind: 'format',
    label: 'the answer is only the words on one line',
    statements: [
      'Answer with only the sorted words on one line, separated by spaces.',
      'Reply with just the ordered words in a single line and no commentary.',
      'Write nothing else than the sorted words, all on one line.',
    ],
    cues: [
      ['answer', 'reply', 'respond', 'write', 'give', 'output'],
      ['one line', 'single line', 'separated', 'space'],
      ['only', 'just', 'single', 'nothing else'],
    ],
  },
  {
    id: 'letters',
    kind: 'step',
    label: 'compare further letters when the first are equal',
    statements: [
      'When words begin alike, compare the second letter, then the third, and so on.',
      'Compare words letter by letter until they differ.',
      'Go step by step and look at further letters wherever the first ones are equal.',
    ],
    cues: [['step by step', 'letter by letter', 'second letter', 'further letters', 'next letter']],
  },
  {
    id: 'capitals',
    kind: 'convention',
    label: 'capitalized words come first',
    statements: [
      'Place all words that start with a capital letter before the others.',
      'Capitalized words come first, ordered among themselves.',
      'Sort words with upper-case initials ahead of all lower-case words.',
    ],
    cues: [
      ['capital', 'upper-case', 'uppercase'],
      ['before', 'first', 'ahead', 'precede'],
    ],
  },
];

function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function drawWords(random: Random): { words: string[]; alikePair: readonly string[] } {
  const count = between(random, knobs.words[0], knobs.words[1]);
  const alikePair = chance(random, knobs.alikeShare) ? random.sample(random.pick(alike), 2) : [];
  const capitals = chance(random, knobs.capitalShare) ? random.sample(proper, between(random, 1, 3)) : [];
  const rest = random.sample(plain, count - alikePair.length - capitals.length);
  return { words: random.shuffle([...alikePair, ...capitals, ...rest]), alikePair };
}

function withSwapped(words: readonly string[], first: string, second: string): string {
  return words.map((word) => (word === first ? second : word === second ? first : word)).join(' ');
}

function draw(random: Random): DrawnExample | null {
  const { words, alikePair } = drawWords(random);
  const sorted = [...words].sort(compareCodes);
  const target = sorted.join(' ');
  const caseless = [...words].sort((a, b) => compareCodes(a.toLowerCase(), b.toLowerCase())).join(' ');
  const at = random.below(sorted.length - 1);
  const [one, other] = alikePair;
  return {
    input: `${random.pick(openings)} ${words.join(' ')}`,
    target,
    needs: needsOf({
      capitals: caseless !== target,
      letters: alikePair.length > 0,
      format: chance(random, knobs.rambleShare),
    }),
    slips: {
      '': withSwapped(sorted, String(sorted[at]), String(sorted[at + 1])),
      ...(caseless === target ? {} : { capitals: caseless }),
      ...(one === undefined || other === undefined ? {} : { letters: withSwapped(sorted, one, other) }),
    },
  };
}

export const wordSorting: BuiltInTask = {
  metric: { kind: 'list', ordered: true },
  choices: [],
  facets,
  draw,
};
