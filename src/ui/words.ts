/** Times and counts as people say them. */

const timeSteps: readonly (readonly [limit: number, divisor: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Number.POSITIVE_INFINITY, 86_400, 'day'],
];

/** “3 minutes ago”. Both in milliseconds since 1970. */
export function agoInWords(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const step = timeSteps.find(([limit]) => seconds < limit);
  return step === undefined ? 'long ago' : format.format(-Math.floor(seconds / step[1]), step[2]);
}

/** “1 example”, “1,204 examples”. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** “Row 3”, “Rows 3 and 7”, “Rows 3, 7, 12 and 40 more”. `rows`: the first of `count`. */
export function rowsInWords(rows: readonly number[], count: number): string {
  const named = rows.map(String);
  const parts =
    count > rows.length ? [...named, `${(count - rows.length).toLocaleString('en')} more`] : named;
  return `${count === 1 ? 'Row' : 'Rows'} ${new Intl.ListFormat('en-GB').format(parts)}`;
}

/** “a, b, c”; of many the first `most`: “a, b and 12 more”. */
export function firstOf(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${(names.length - most).toLocaleString('en')} more`;
}

/** “accuracy” → “Accuracy” */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
