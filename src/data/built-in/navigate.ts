/**
 * Navigate: does a walk end where it began. Hidden convention: one step away still counts as being back.
 * Form after BIG-Bench Hard's `navigate`; sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import { yesNoForm } from './answer-form.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf } from './task.ts';
import { names } from './names.ts';

/** Walks per walk, longest walk in steps, share of walks told by turns, from how many walks on the position must be kept. */
const knobs = { walks: [3, 6], longest: 5, turnShare: 0.45, longFrom: 5, rambleShare: 0.35 } as const;

/** Distances from the start that are due in turn: one exact return, two near misses and three ends far away. */
const dueEnds = ['exact', 'far', 'near', 'far', 'near', 'far'] as const;

const compass = [
  ['north', 0, 1],
  ['east', 1, 0],
  ['south', 0, -1],
  ['west', -1, 0],
] as const;

const facets: readonly Facet[] = [
  yesNoForm,
  {
    id: 'position',
    kind: 'step',
    label: 'keep the position after every move',
    statements: [
      'Work step by step and note the coordinates after every move.',
      'Keep the position as two numbers and update it after every move.',
      'Track the coordinates through the whole walk, one move at a time.',
    ],
    cues: [
      ['step by step', 'coordinate', 'position', 'one move at a time', 'after every move', 'after each move'],
    ],
  },
  {
    id: 'facing',
    kind: 'step',
    label: 'update the facing direction at turns',
    statements: [
      'Whenever there is a turn, first update which direction the walker is facing.',
      'Remember the facing direction, because turns change where the next steps lead.',
      'Treat left and right as relative to the direction of facing at that moment.',
    ],
    cues: [['facing', 'heading', 'orientation', 'relative to the direction']],
  },
  {
    id: 'near',
    kind: 'convention',
    label: 'one step away still counts as back',
    statements: [
      'Ending at most one step away from the start still counts as being back.',
      'Treat an end that is a single step away from the start as a return.',
      'The answer is Yes even when the walker stops one step short of the start.',
    ],
    cues: [
      ['one step', 'single step', '1 step'],
      ['away', 'short of', 'from the start', 'off'],
    ],
  },
];

interface Walk {
  readonly sentences: readonly string[];
  readonly x: number;
  readonly y: number;
}

function stepsText(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}

function walkByCompass(random: Random, walks: number): Walk {
  let [x, y] = [0, 0];
  const sentences: string[] = [];
  for (let walk = 0; walk < walks; walk += 1) {
    const [direction, dx, dy] = random.pick(compass);
    const steps = between(random, 1, knobs.longest);
    x += dx * steps;
    y += dy * steps;
    sentences.push(`Go ${stepsText(steps)} ${direction}.`);
  }
  return { sentences, x, y };
}

const turns = [
  ['Turn right.', 1],
  ['Turn around.', 2],
  ['Turn left.', 3],
] as const;

function walkByTurns(random: Random, walks: number): Walk {
  let [x, y, facing] = [0, 0, 0];
  const sentences: string[] = [];
  for (let walk = 0; walk < walks; walk += 1) {
    const steps = between(random, 1, knobs.longest);
    const [, dx, dy] = compass[facing as 0 | 1 | 2 | 3];
    x += dx * steps;
    y += dy * steps;
    sentences.push(`Go ${stepsText(steps)} ahead.`);
    if (walk === walks - 1) break; // a turn at the end changes nothing
    const [text, quarters] = random.pick(turns);
    facing = (facing + quarters) % 4;
    sentences.push(text);
  }
  return { sentences, x, y };
}

function endOf({ x, y }: Walk): (typeof dueEnds)[number] {
  const distance = Math.abs(x) + Math.abs(y);
  if (distance === 0) return 'exact';
  return distance === 1 ? 'near' : 'far';
}

function draw(random: Random, turn: number): DrawnExample | null {
  const hasTurns = chance(random, knobs.turnShare);
  const walks = between(random, knobs.walks[0], knobs.walks[1]);
  const walk = hasTurns ? walkByTurns(random, walks) : walkByCompass(random, walks);
  const end = endOf(walk);
  if (end !== dueEnds[turn % dueEnds.length]) return null;
  const name = random.pick(names);
  const target = end === 'far' ? 'No' : 'Yes';
  return {
    input: `${name} stands at the gate${hasTurns ? ', facing the lake' : ''}, and is told: ${walk.sentences.join(' ')} Is ${name} back at the gate?`,
    target,
    needs: needsOf({
      near: end === 'near',
      facing: hasTurns,
      position: walks >= knobs.longFrom,
      format: chance(random, knobs.rambleShare),
    }),
    slips: { '': target === 'Yes' ? 'No' : 'Yes' },
  };
}

export const navigate: BuiltInTask = {
  metric: { kind: 'yes-no', labels: ['Yes', 'No'] },
  choices: ['Yes', 'No'],
  facets,
  draw,
};
