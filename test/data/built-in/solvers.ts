/** The built-in tasks solved once more from nothing but their texts, by other means than the generators use. */
import type { BuiltInTaskId } from '../../../src/data/built-in/catalog.ts';

function optionOf(input: string, text: string): string {
  const line = input.split('\n').find((one) => one.endsWith(`) ${text}`));
  return line?.slice(0, 3) ?? `no option "${text}"`;
}

function matches(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map((match) => [...match].map(String));
}

const goods: Readonly<Record<string, RegExp>> = {
  fruits: /^(quince|fig|mango|lime|melon|papaya|date|apricot)/,
  tools: /^(chisel|wrench|rasp|mallet|trowel|awl|spanner|saw)/,
  garments: /^(scar|vest|mitten|shawl|coat|apron|sock|beret)/,
  boats: /^(canoe|barge|kayak|ferr|dingh|raft|punt|yacht)/,
  dishes: /^(plate|bowl|saucer|jug|mug|tureen|teapot|platter)/,
};

function countObjects(input: string): string {
  const category = /How many (\w+)/.exec(input)?.[1] ?? '';
  const entries = matches(
    input,
    /\b(one|two|three|four|five) (?:(rotten|broken|torn|leaking|chipped) )?(\w+)/g,
  );
  const numbers = ['zero', 'one', 'two', 'three', 'four', 'five'];
  return String(
    entries
      .filter(([, , damage, noun]) => damage === 'undefined' && goods[category]?.test(noun ?? ''))
      .reduce((sum, [, count]) => sum + numbers.indexOf(count ?? ''), 0),
  );
}

/** Walks on the complex plane: turning is multiplying. */
function navigate(input: string): string {
  let [x, y, dx, dy] = [0, 0, 0, 1];
  const headings: Record<string, [number, number]> = {
    north: [0, 1],
    south: [0, -1],
    east: [1, 0],
    west: [-1, 0],
  };
  for (const [, steps, direction, turn] of matches(input, /Go (\d+) steps? (\w+)|Turn (\w+)/g)) {
    if (turn === 'right') [dx, dy] = [dy, -dx];
    if (turn === 'left') [dx, dy] = [-dy, dx];
    if (turn === 'around') [dx, dy] = [-dx, -dy];
    const [hx, hy] = headings[direction ?? ''] ?? [dx, dy];
    if (turn === 'undefined') [x, y] = [x + hx * Number(steps), y + hy * Number(steps)];
  }
  return Math.abs(x) + Math.abs(y) <= 1 ? 'Yes' : 'No';
}

function webOfLies(input: string): string {
  const negative = /\b(?:lies|is lying)\./g;
  return matches(input, negative).length % 2 === 0 ? 'Yes' : 'No';
}

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

function dates(input: string): string {
  const [, figures, words] = /noted the date (?:([\d/]+)|(\d+ \w+ \d+))\./.exec(input) ?? [];
  const [day, month, year] = figures ? figures.split('/') : (words ?? '').split(' ');
  const date = new Date(
    Date.UTC(Number(year), figures ? Number(month) - 1 : monthNames.indexOf(month ?? ''), Number(day)),
  );
  const [, amount, unit, side] = /is (\d+) (day|week|month)s? (after|before)/.exec(input) ?? [];
  const signed = Number(amount) * (side === 'after' ? 1 : -1);
  if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + signed);
  else date.setUTCDate(date.getUTCDate() + signed * (unit === 'week' ? 7 : 1));
  return optionOf(
    input,
    `${date.getUTCDate()} ${String(monthNames[date.getUTCMonth()])} ${date.getUTCFullYear()}`,
  );
}

function trackObjects(input: string): string {
  const [setting = ''] = input.split('. ');
  const has = new Map(
    matches(setting, /([A-Z]\w+) (?:holds|reads|sits in) ((?:an?|the) [a-z ]+?)(?=,| and |$)/g).map(
      ([, who = '', what = '']) => [who, what],
    ),
  );
  for (const [, one = '', other = ''] of matches(input, /, (\w+) swaps with (\w+)\./g)) {
    const [first = '', second = ''] = [has.get(one), has.get(other)];
    has.set(one, second);
    has.set(other, first);
  }
  const asked = /At the end, (\w+)/.exec(input)?.[1] ?? '';
  return optionOf(input, has.get(asked) ?? '');
}

function sortWords(input: string): string {
  const words = input.slice(input.indexOf(': ') + 2).split(' ');
  const isCapital = (word: string): boolean => word[0] !== word[0]?.toLowerCase();
  const inOrder = (list: string[]): string[] => list.toSorted(new Intl.Collator('en').compare);
  return [...inOrder(words.filter(isCapital)), ...inOrder(words.filter((word) => !isCapital(word)))].join(
    ' ',
  );
}

function hour(text: string): number {
  if (text === 'noon') return 12;
  const value = Number.parseInt(text, 10);
  return text.endsWith('pm') ? value + 12 : value;
}

/** The last hour before closing in which the person was neither seen nor asleep belongs to the gap. */
function temporal(input: string): string {
  const [story = '', ...options] = input.split(/\n\(|\nOptions:\n\(/);
  const time = '(\\d+ [ap]m|noon)';
  const seen = matches(story, new RegExp(`From ${time} to ${time},`, 'g')).map(
    ([, from = '', to = '']) => [hour(from), hour(to)] as const,
  );
  const opens = hour(new RegExp(`got up at ${time}`).exec(story)?.[1] ?? '');
  const closes = hour(new RegExp(`closes at ${time}`).exec(story)?.[1] ?? '');
  const free = (at: number): boolean => !seen.some(([from, to]) => from <= at && at < to);
  let last = closes - 1;
  while (last >= opens && !free(last)) last -= 1;
  const right = options.find((option) => {
    const [from = '', to = ''] = option.slice(3).split(' to ');
    return hour(from) <= last && last < hour(to);
  });
  return `(${right?.slice(0, 2) ?? '?'}`;
}

/** By repeated rewriting of the text, one strongest operator at a time. */
function evaluate(input: string): string {
  const bit = (text: string): string => text.replaceAll('True', '1').replaceAll('False', '0');
  const rules: readonly (readonly [RegExp, string])[] = [
    [/\(([01])\)/, '$1'],
    [/not 0/, '1'],
    [/not 1/, '0'],
    [/1 and 1/, '1'],
    [/[01] and [01]/, '0'],
    [/(^|\()0 or 0(?=$|\)| or)/, '$10'],
    [/(^|\()[01] or [01](?=$|\)| or)/, '$11'],
  ];
  let text = bit(input.replace('What is the value of ', ''));
  for (
    let rule = rules.find(([from]) => from.test(text));
    rule;
    rule = rules.find(([from]) => from.test(text))
  ) {
    text = text.replace(rule[0], rule[1]);
  }
  return text === '1' ? 'True' : 'False';
}

export const solvers: Readonly<Record<BuiltInTaskId, (input: string) => string>> = {
  'object-counting': countObjects,
  navigate,
  'web-of-lies': webOfLies,
  dates,
  'tracking-objects': trackObjects,
  'word-sorting': sortWords,
  'temporal-sequences': temporal,
  'boolean-expressions': evaluate,
};
