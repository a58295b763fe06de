/**
 * Tracking shuffled objects: three people swap things; who has what at the end. No hidden convention.
 * Form after BIG-Bench Hard's `tracking_shuffled_objects_three_objects`; sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import { optionLetterForm } from './answer-form.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, enumerate, needsOf, optionLabel, optionLines, placeRight } from './task.ts';
import { names } from './names.ts';

/** Swaps per story, and from how many on they must be written down; share of stories whose beginning is mixed up easily. */
const knobs = { swaps: [3, 6], longFrom: 5, mixUpShare: 0.35, rambleShare: 0.4 } as const;

const themes = [
  {
    verb: 'holds',
    things: [
      'a brass key',
      'a blue lantern',
      'a paper kite',
      'a clay whistle',
      'a silver coin',
      'a wooden top',
    ],
  },
  {
    verb: 'sits in',
    things: [
      'the corner seat',
      'the window seat',
      'the aisle seat',
      'the back row',
      'the box',
      'the balcony',
    ],
  },
  {
    verb: 'reads',
    things: ['an atlas', 'a cookbook', 'a crime novel', 'a songbook', 'a travel diary', 'a chess manual'],
  },
] as const;

const facets: readonly Facet[] = [
  optionLetterForm,
  {
    id: 'ledger',
    kind: 'step',
    label: 'write down who has what after every swap',
    statements: [
      'Work step by step and write down who has what after every swap.',
      'Keep a list of all three people and update it after each exchange.',
      'Track the state of everyone, one swap at a time.',
    ],
    cues: [['step by step', 'after every swap', 'after each', 'one swap at a time', 'update']],
  },
  {
    id: 'beginning',
    kind: 'step',
    label: 'note who has what at the beginning',
    statements: [
      'Before the first swap, note exactly who has what at the beginning.',
      'Write down the initial state of all three people before anything else.',
      'Begin with a table of what everyone starts with.',
    ],
    cues: [['at the beginning', 'initial', 'everyone starts with', 'starting state', 'at the start']],
  },
  {
    id: 'both-sides',
    kind: 'step',
    label: 'a swap changes both people',
    statements: [
      'Every swap changes what both people involved have.',
      'Remember that both sides of an exchange end up with something different.',
      'Apply each trade to the two people involved, not only to the first one named.',
    ],
    cues: [
      ['both', 'two people'],
      ['swap', 'exchange', 'trade', 'chang'],
    ],
  },
];

interface Story {
  readonly sentences: readonly string[];
  readonly holdings: readonly string[];
  /** What each would have had without the last swap that named them second. */
  readonly withoutPassive: readonly string[];
}

function swapped(holdings: readonly string[], first: number, second: number): string[] {
  const next = [...holdings];
  next[first] = String(holdings[second]);
  next[second] = String(holdings[first]);
  return next;
}

function tell(random: Random, people: readonly string[], start: readonly string[], swaps: number): Story {
  let holdings: readonly string[] = start;
  const withoutPassive = [...start];
  const sentences: string[] = [];
  for (let count = 0; count < swaps; count += 1) {
    const [first = 0, second = 1] = random.sample([0, 1, 2], 2);
    sentences.push(
      `${count === 0 ? 'First' : count === swaps - 1 ? 'Finally' : 'Then'}, ${String(people[first])} swaps with ${String(people[second])}.`,
    );
    withoutPassive[second] = String(holdings[second]);
    holdings = swapped(holdings, first, second);
    withoutPassive[first] = String(holdings[first]);
  }
  return { sentences, holdings, withoutPassive };
}

function draw(random: Random, turn: number): DrawnExample | null {
  const people = random.sample(names, 3);
  const theme = random.pick(themes);
  const start = random.sample(theme.things, 3);
  const swaps = between(random, knobs.swaps[0], knobs.swaps[1]);
  const { sentences, holdings, withoutPassive } = tell(random, people, start, swaps);
  const asked = random.below(3);
  const right = String(holdings[asked]);
  const passive = String(withoutPassive[asked]);
  const rightIndex = turn % 3;
  const options = placeRight(
    random,
    right,
    start.filter((thing) => thing !== right),
    rightIndex,
  );
  const labelOf = (thing: string): string => optionLabel(options.indexOf(thing));
  const setting = enumerate(people.map((name, index) => `${name} ${theme.verb} ${String(start[index])}`));
  return {
    input: `${setting}. ${sentences.join(' ')} At the end, ${String(people[asked])} ${theme.verb}:\nOptions:\n${optionLines(options)}`,
    target: optionLabel(rightIndex),
    needs: needsOf({
      'both-sides': passive !== right,
      ledger: swaps >= knobs.longFrom,
      beginning: chance(random, knobs.mixUpShare),
      format: chance(random, knobs.rambleShare),
    }),
    slips: {
      '': labelOf(random.pick(options.filter((thing) => thing !== right))),
      ...(passive === right ? {} : { 'both-sides': labelOf(passive) }),
    },
  };
}

export const trackingObjects: BuiltInTask = {
  metric: { kind: 'multiple-choice' },
  choices: ['(A)', '(B)', '(C)'],
  facets,
  draw,
};
