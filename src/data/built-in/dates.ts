/**
 * Dates: a date some days, weeks or months away from a noted one. Hidden convention: notes put the day first.
 * Form after BIG-Bench Hard's `date_understanding`; sentences are ours.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import { optionLetterForm } from './answer-form.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf, optionLabel, optionLines, placeRight } from './task.ts';
import { names } from './names.ts';

/** Share of notes in figures (only days up to 12, so that no note gives the order away), longest shifts. */
const knobs = { figuresShare: 0.5, days: 40, weeks: 8, months: 7, options: 5, rambleShare: 0.3 } as const;

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

interface Shift {
  readonly unit: 'day' | 'week' | 'month';
  /** Negative: earlier. */
  readonly amount: number;
}

const facets: readonly Facet[] = [
  optionLetterForm,
  {
    id: 'calendar',
    kind: 'step',
    label: 'mind month ends and leap years',
    statements: [
      'Count step by step across month ends, and mind leap years.',
      'Check how many days each month has before going on into the next one.',
      'Take the different lengths of months and leap years into account.',
    ],
    cues: [
      ['step by step', 'leap year', 'month end', 'length of month', 'lengths of months', 'days each month'],
    ],
  },
  {
    id: 'day-first',
    kind: 'convention',
    label: 'notes put the day before the month',
    statements: [
      'Read dates in figures with the day first and the month second.',
      'In a date written with slashes the first number is the day.',
      'Dates in notes are written as day, month, year.',
    ],
    cues: [
      [
        'day first',
        'number is the day',
        'day, month',
        'day before the month',
        'day/month',
        'dd/mm',
        'day then month',
        'day precedes',
      ],
    ],
  },
];

function toDays({ year, month, day }: CalendarDate): number {
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
}

function fromDays(days: number): CalendarDate {
  const date = new Date(days * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Null when the month reached has no such day (31 April): such questions are not asked. */
function shifted(date: CalendarDate, { unit, amount }: Shift): CalendarDate | null {
  if (unit !== 'month') return fromDays(toDays(date) + amount * (unit === 'week' ? 7 : 1));
  const index = date.year * 12 + (date.month - 1) + amount;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return date.day > daysIn(year, month) ? null : { year, month, day: date.day };
}

function inWords({ year, month, day }: CalendarDate): string {
  return `${day} ${String(months[month - 1])} ${year}`;
}

function inFigures({ year, month, day }: CalendarDate): string {
  return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
}

function drawShift(random: Random): Shift {
  const unit = random.pick(['day', 'week', 'month'] as const);
  const most = { day: knobs.days, week: knobs.weeks, month: knobs.months }[unit];
  const amount = between(random, unit === 'day' ? 4 : 1, most);
  return { unit, amount: chance(random, 0.5) ? amount : -amount };
}

function question(name: string, note: string, { unit, amount }: Shift): string {
  const count = Math.abs(amount);
  const span = `${count} ${unit}${count === 1 ? '' : 's'} ${amount > 0 ? 'after' : 'before'}`;
  return `${name} noted the date ${note}. Which date is ${span} the noted one?`;
}

/** Wrong options as people get them: fields swapped, one day off, wrong month, wrong year. */
function distractors(random: Random, right: CalendarDate, swapped: CalendarDate | null): string[] {
  const near = [
    shifted(right, { unit: 'day', amount: 1 }),
    shifted(right, { unit: 'day', amount: -1 }),
    shifted(right, { unit: 'month', amount: 1 }),
    shifted(right, { unit: 'month', amount: -1 }),
    { ...right, year: right.year + 1 },
  ].filter((date) => date !== null);
  const others = new Set(random.shuffle(near).map(inWords));
  if (swapped !== null) others.delete(inWords(swapped));
  const fixed = swapped === null ? [] : [inWords(swapped)];
  return [...fixed, ...others].filter((text) => text !== inWords(right)).slice(0, knobs.options - 1);
}

/** The 29th of February has no twin a year later, so it is never noted nor reached. */
function isLeapDay({ month, day }: CalendarDate): boolean {
  return month === 2 && day === 29;
}

function draw(random: Random, turn: number): DrawnExample | null {
  const hasFigures = chance(random, knobs.figuresShare);
  const year = between(random, 2003, 2031);
  const month = between(random, 1, 12);
  const noted = { year, month, day: between(random, 1, hasFigures ? 12 : daysIn(year, month)) };
  const shift = drawShift(random);
  const right = shifted(noted, shift);
  if (right === null || isLeapDay(right) || (hasFigures && noted.day === noted.month)) return null;
  const misread = { year, month: noted.day, day: noted.month };
  const swapped = hasFigures ? shifted(misread, shift) : null;
  const rightIndex = turn % knobs.options;
  const options = placeRight(random, inWords(right), distractors(random, right, swapped), rightIndex);
  const labelOf = (text: string): string => optionLabel(options.indexOf(text));
  const wrong = random.pick(options.filter((_, index) => index !== rightIndex));
  const note = hasFigures ? inFigures(noted) : inWords(noted);
  return {
    input: `${question(random.pick(names), note, shift)}\nOptions:\n${optionLines(options)}`,
    target: optionLabel(rightIndex),
    needs: needsOf({
      'day-first': hasFigures,
      calendar: shift.unit !== 'month' && right.month !== noted.month,
      format: chance(random, knobs.rambleShare),
    }),
    slips: { '': labelOf(wrong), ...(swapped === null ? {} : { 'day-first': labelOf(inWords(swapped)) }) },
  };
}

export const dates: BuiltInTask = {
  metric: { kind: 'multiple-choice' },
  choices: Array.from({ length: knobs.options }, (_, index) => optionLabel(index)),
  facets,
  draw,
};
