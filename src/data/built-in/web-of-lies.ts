/**
 * Web of lies: who tells the truth at the end of a chain of accusations.
 * Form after BIG-Bench Hard's `web_of_lies`; sentences are ours. No hidden convention.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import { yesNoForm } from './answer-form.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf } from './task.ts';
import { names } from './names.ts';

/** People in a chain; from how many people, and accused liars, on the chain takes more than a glance. */
const knobs = { people: [3, 7], longFrom: 5, accusedFrom: 2, rambleShare: 0.4 } as const;

const facets: readonly Facet[] = [
  yesNoForm,
  {
    id: 'chain',
    kind: 'step',
    label: 'follow the chain from the first person',
    statements: [
      'Work step by step from the first person and note for everyone whether they are honest.',
      'Follow the chain in order and decide about each person before going on to the next.',
      'Decide for one person at a time, starting with the one whose honesty is given.',
    ],
    cues: [['step by step', 'chain', 'in order', 'one person at a time', 'each person before']],
  },
  {
    id: 'accusation',
    kind: 'step',
    label: 'who calls a liar a liar is honest',
    statements: [
      'Whoever says that a liar lies is honest.',
      'Compare each claim with the truth: a speaker whose claim matches it is honest, even when it accuses a liar.',
      'An accusation against a dishonest person is true, so the accuser is honest.',
    ],
    cues: [
      ['liar', 'dishonest', 'claim', 'accus'],
      ['honest', 'true', 'truth', 'match'],
    ],
  },
];

function statement(random: Random, isHonest: boolean): string {
  return random.pick(isHonest ? ['tells the truth', 'is honest'] : ['lies', 'is lying']);
}

function draw(random: Random, turn: number): DrawnExample | null {
  const people = random.sample(names, between(random, knobs.people[0], knobs.people[1]));
  let isHonest = chance(random, 0.5);
  let accusedLiars = 0;
  const sentences = [`${String(people[0])} ${statement(random, isHonest)}.`];
  for (const [index, name] of people.slice(1).entries()) {
    const saysHonest = chance(random, 0.5);
    if (!saysHonest && !isHonest) accusedLiars += 1;
    sentences.push(`${name} says that ${String(people[index])} ${statement(random, saysHonest)}.`);
    isHonest = saysHonest === isHonest;
  }
  const target = isHonest ? 'Yes' : 'No';
  if (isHonest !== (turn % 2 === 0)) return null;
  return {
    input: `${sentences.join(' ')} Is ${String(people.at(-1))} honest?`,
    target,
    needs: needsOf({
      accusation: accusedLiars >= knobs.accusedFrom,
      chain: people.length >= knobs.longFrom,
      format: chance(random, knobs.rambleShare),
    }),
    slips: { '': isHonest ? 'No' : 'Yes' },
  };
}

export const webOfLies: BuiltInTask = {
  metric: { kind: 'yes-no', labels: ['Yes', 'No'] },
  choices: ['Yes', 'No'],
  facets,
  draw,
};
