/**
 * Temporal sequences: when could someone have been at a place. Hidden convention: of two free gaps the later holds.
 * Form after BIG-Bench Hard's `temporal_sequences`; sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import { optionLetterForm } from './answer-form.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf, optionLabel, optionLines, placeRight } from './task.ts';
import { names } from './names.ts';

/** Sightings per day, hours per slot; shares of days with two gaps, with free time after closing, told out of order. */
const knobs = {
  sightings: [3, 6],
  hours: [1, 2],
  twoGapsShare: 0.5,
  lateShare: 0.2,
  mixedShare: 0.4,
  rambleShare: 0.3,
} as const;

const places = [
  'the swimming hall',
  'the archive',
  'the botanical garden',
  'the flea market',
  'the planetarium',
  'the ice rink',
] as const;
const activities = [
  'mending a fence',
  'rowing on the lake',
  'buying bread',
  'repairing a radio',
  'teaching a class',
  'painting a door',
  'playing chess',
  'waiting at the clinic',
  'feeding the goats',
  'sorting stamps',
] as const;

const facets: readonly Facet[] = [
  optionLetterForm,
  {
    id: 'timeline',
    kind: 'step',
    label: 'put the sightings on a timeline',
    statements: [
      'Go step by step and put all sightings on a timeline before looking for free time.',
      'First sort the sightings by hour, then look for hours that nobody accounts for.',
      'Build a timeline of the whole day and mark the hours that are taken.',
    ],
    cues: [['step by step', 'timeline', 'sort the sightings', 'chronological', 'by hour']],
  },
  {
    id: 'closing',
    kind: 'step',
    label: 'the place must be open',
    statements: [
      'Rule out free hours in which the place is already closed.',
      'Check that the place is still open during the hours you choose.',
      'Time after closing does not count as free.',
    ],
    cues: [['closed', 'closing', 'open', 'shut']],
  },
  {
    id: 'later',
    kind: 'convention',
    label: 'of two free gaps the later one holds',
    statements: [
      'If two gaps are free, choose the later one.',
      'When several free times fit, the last of them is right.',
      'Prefer the later time whenever more than one is possible.',
    ],
    cues: [
      ['later', 'last', 'latest'],
      ['two', 'several', 'more than one', 'both', 'multiple', 'tie'],
    ],
  },
];

interface Slot {
  readonly from: number;
  readonly to: number;
  readonly kind: 'seen' | 'gap' | 'late';
}

function hour(value: number): string {
  if (value === 12) return 'noon';
  return value < 12 ? `${value} am` : `${value - 12} pm`;
}

function slotText({ from, to }: Slot): string {
  return `${hour(from)} to ${hour(to)}`;
}

/** Slots without a pause between them; gaps are never neighbours, or they would be one gap. */
function layOut(random: Random, sightings: number, gaps: number): Slot[] {
  const gapAfter = random.sample(
    Array.from({ length: sightings - 1 }, (_, index) => index),
    gaps,
  );
  const slots: Slot[] = [];
  let at = between(random, 6, 8);
  const add = (kind: Slot['kind'], hours: number): void => {
    slots.push({ from: at, to: at + hours, kind });
    at += hours;
  };
  for (let index = 0; index < sightings; index += 1) {
    add('seen', between(random, knobs.hours[0], knobs.hours[1]));
    if (gapAfter.includes(index)) add('gap', between(random, knobs.hours[0], knobs.hours[1]));
  }
  return slots;
}

function tellDay(
  random: Random,
  slots: readonly Slot[],
  name: string,
  place: string,
  isMixed: boolean,
): string {
  const seen = slots.filter(({ kind }) => kind === 'seen');
  const doings = random.sample(activities, seen.length);
  const sentences = seen.map(
    (slot, index) => `From ${slotText(slot)}, ${name} was seen ${String(doings[index])}.`,
  );
  const closing = Number(seen.at(-1)?.to);
  const told = isMixed ? random.shuffle(sentences) : sentences;
  const lateText = slots.some(({ kind }) => kind === 'late')
    ? `After that, until ${hour(closing + 1)}, ${name} was not seen.`
    : `${name} then went home.`;
  return `${name} got up at ${hour(Number(seen[0]?.from))}. ${told.join(' ')} The day's last sighting ended at ${hour(closing)}. ${lateText} ${upperFirst(place)} closes at ${hour(closing)}. When could ${name} have been at ${place}?`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function draw(random: Random, turn: number): DrawnExample | null {
  const hasTwo = chance(random, knobs.twoGapsShare);
  const isMixed = chance(random, knobs.mixedShare);
  const slots = layOut(random, between(random, knobs.sightings[0], knobs.sightings[1]), hasTwo ? 2 : 1);
  const closing = Number(slots.at(-1)?.to);
  if (closing > 22) return null;
  const late: Slot | null = chance(random, knobs.lateShare)
    ? { from: closing, to: closing + 1, kind: 'late' }
    : null;
  const gaps = slots.filter(({ kind }) => kind === 'gap').map(slotText);
  const right = String(gaps.at(-1));
  const seen = random.shuffle(slots.filter(({ kind }) => kind === 'seen')).map(slotText);
  const others = [...gaps.slice(0, -1), ...(late === null ? [] : [slotText(late)]), ...seen].slice(0, 3);
  if (others.length < 3) return null;
  const rightIndex = turn % 4;
  const options = placeRight(random, right, others, rightIndex);
  const labelOf = (text: string): string => optionLabel(options.indexOf(text));
  const name = random.pick(names);
  const day = tellDay(random, late === null ? slots : [...slots, late], name, random.pick(places), isMixed);
  return {
    input: `${day}\nOptions:\n${optionLines(options)}`,
    target: optionLabel(rightIndex),
    needs: needsOf({
      later: hasTwo,
      closing: late !== null,
      timeline: isMixed,
      format: chance(random, knobs.rambleShare),
    }),
    slips: {
      '': labelOf(random.pick(others)),
      ...(hasTwo ? { later: labelOf(String(gaps[0])) } : {}),
      ...(late === null ? {} : { closing: labelOf(slotText(late)) }),
      timeline: labelOf(String(others.at(-1))),
    },
  };
}

export const temporalSequences: BuiltInTask = {
  metric: { kind: 'multiple-choice' },
  choices: ['(A)', '(B)', '(C)', '(D)'],
  facets,
  draw,
};
