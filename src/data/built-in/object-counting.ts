/**
 * Object counting: how many things of a category are in a list. Hidden convention: damaged things do not count.
 * Form after BIG-Bench Hard's `object_counting`; words and sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, enumerate, needsOf } from './task.ts';

/** Kinds of things in a list, largest number of one kind, shares of lists with damaged or foreign things. */
const knobs = {
  kinds: [4, 7],
  most: 5,
  damagedShare: 0.5,
  foreignShare: 0.2,
  manyShare: 0.4,
  rambleShare: 0.3,
} as const;

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five'] as const;

interface Category {
  readonly plural: string;
  readonly damaged: string;
  readonly kinds: readonly (readonly [one: string, many: string])[];
}

const categories: readonly Category[] = [
  {
    plural: 'fruits',
    damaged: 'rotten',
    kinds: [
      ['quince', 'quinces'],
      ['fig', 'figs'],
      ['mango', 'mangos'],
      ['lime', 'limes'],
      ['melon', 'melons'],
      ['papaya', 'papayas'],
      ['date', 'dates'],
      ['apricot', 'apricots'],
    ],
  },
  {
    plural: 'tools',
    damaged: 'broken',
    kinds: [
      ['chisel', 'chisels'],
      ['wrench', 'wrenches'],
      ['rasp', 'rasps'],
      ['mallet', 'mallets'],
      ['trowel', 'trowels'],
      ['awl', 'awls'],
      ['spanner', 'spanners'],
      ['saw', 'saws'],
    ],
  },
  {
    plural: 'garments',
    damaged: 'torn',
    kinds: [
      ['scarf', 'scarves'],
      ['vest', 'vests'],
      ['mitten', 'mittens'],
      ['shawl', 'shawls'],
      ['coat', 'coats'],
      ['apron', 'aprons'],
      ['sock', 'socks'],
      ['beret', 'berets'],
    ],
  },
  {
    plural: 'boats',
    damaged: 'leaking',
    kinds: [
      ['canoe', 'canoes'],
      ['barge', 'barges'],
      ['kayak', 'kayaks'],
      ['ferry', 'ferries'],
      ['dinghy', 'dinghies'],
      ['raft', 'rafts'],
      ['punt', 'punts'],
      ['yacht', 'yachts'],
    ],
  },
  {
    plural: 'dishes',
    damaged: 'chipped',
    kinds: [
      ['plate', 'plates'],
      ['bowl', 'bowls'],
      ['saucer', 'saucers'],
      ['jug', 'jugs'],
      ['mug', 'mugs'],
      ['tureen', 'tureens'],
      ['teapot', 'teapots'],
      ['platter', 'platters'],
    ],
  },
];

const openings = [
  'In the barn there are',
  'Nuria packed',
  'The inventory lists',
  'On the quay we found',
  'The museum received',
  'Left over from the fair are',
] as const;

const facets: readonly Facet[] = [
  {
    id: 'format',
    kind: 'format',
    label: 'the answer is only a number',
    statements: [
      'Answer with only the number, written in digits.',
      'Reply with just one number in digits and nothing else.',
      'The final answer must be a single number without any further words.',
    ],
    cues: [
      ['answer', 'reply', 'respond', 'write', 'give', 'output'],
      ['number', 'digit', 'numeral', 'integer'],
      ['only', 'just', 'single', 'nothing else', 'without any'],
    ],
  },
  {
    id: 'quantities',
    kind: 'step',
    label: 'add up the quantities',
    statements: [
      'Go through the list step by step and add up the quantity of every entry.',
      'Add the quantities one at a time and keep a running total.',
      'Sum up how many there are of each entry instead of counting the entries.',
    ],
    cues: [['step by step', 'running total', 'quantit', 'sum up', 'add up', 'one at a time']],
  },
  {
    id: 'category',
    kind: 'step',
    label: 'leave out other kinds of things',
    statements: [
      'Leave out everything that does not belong to the category asked for.',
      'Consider only things of the category in the question and skip unrelated ones.',
      'Check for every entry whether it belongs to the requested category.',
    ],
    cues: [['categor', 'kind of thing', 'unrelated', 'belongs to', 'type asked']],
  },
  {
    id: 'damaged',
    kind: 'convention',
    label: 'damaged things do not count',
    statements: [
      'Do not count things that are broken, torn, rotten or damaged in another way.',
      'Damaged things must be left out of the total.',
      'Exclude whatever is described as damaged or spoiled.',
    ],
    cues: [
      ['broken', 'damaged', 'torn', 'rotten', 'spoiled', 'intact', 'leaking', 'chipped'],
      ['not', 'exclude', 'leave', 'left out', 'ignore', 'skip', 'only', 'without'],
    ],
  },
];

interface Entry {
  readonly text: string;
  readonly count: number;
  readonly role: 'counted' | 'damaged' | 'foreign';
}

function entry(
  random: Random,
  category: Category,
  kind: readonly [string, string],
  role: Entry['role'],
): Entry {
  const count = between(random, 1, knobs.most);
  const noun = count === 1 ? kind[0] : kind[1];
  const described = role === 'damaged' ? `${category.damaged} ${noun}` : noun;
  return { text: `${String(numberWords[count])} ${described}`, count, role };
}

function drawEntries(random: Random): { category: Category; entries: Entry[] } {
  const category = random.pick(categories);
  const kinds = random.sample(category.kinds, between(random, knobs.kinds[0], knobs.kinds[1]));
  const damaged = chance(random, knobs.damagedShare) ? between(random, 1, 2) : 0;
  const entries = kinds.map((kind, index) =>
    entry(random, category, kind, index < damaged ? 'damaged' : 'counted'),
  );
  if (chance(random, knobs.foreignShare)) {
    const other = random.pick(categories.filter((one) => one !== category));
    entries.push(entry(random, other, random.pick(other.kinds), 'foreign'));
  }
  return { category, entries: random.shuffle(entries) };
}

function total(entries: readonly Entry[], roles: readonly Entry['role'][]): number {
  return entries.reduce((sum, { count, role }) => (roles.includes(role) ? sum + count : sum), 0);
}

function draw(random: Random): DrawnExample | null {
  const { category, entries } = drawEntries(random);
  const right = total(entries, ['counted']);
  const kinds = entries.filter(({ role }) => role === 'counted').length;
  if (kinds === right) return null; // counting entries instead of things would be right
  const has = (role: Entry['role']): boolean => entries.some((one) => one.role === role);
  return {
    input: `${random.pick(openings)} ${enumerate(entries.map(({ text }) => text))}. How many ${category.plural} are there?`,
    target: String(right),
    needs: needsOf({
      damaged: has('damaged'),
      category: has('foreign'),
      quantities: chance(random, knobs.manyShare),
      format: chance(random, knobs.rambleShare),
    }),
    slips: {
      '': String(chance(random, 0.5) || right < 2 ? right + 1 : right - 1),
      damaged: String(total(entries, ['counted', 'damaged'])),
      category: String(total(entries, ['counted', 'foreign'])),
      quantities: String(kinds),
    },
  };
}

export const objectCounting: BuiltInTask = { metric: { kind: 'number' }, choices: [], facets, draw };
