/** Label Studio's export: tasks with the answers of those who labelled them, each under the name of its question. */
import { isObject, own, ownList, ownText } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Records with a column for every question; null when the list is something else. */
export function labelledTasks(list: readonly unknown[]): readonly Fields[] | null {
  const isTask = (value: unknown): boolean =>
    isObject(value) && isObject(own(value, 'data')) && ownList(value, 'annotations') !== null;
  if (!list.every(isTask)) return null;
  return list.filter(isObject).map((task) => {
    const data = own(task, 'data');
    return { id: own(task, 'id'), ...(isObject(data) ? data : {}), ...answersOf(task) };
  });
}

/** What the first who labelled it said. */
function answersOf(task: Fields): Fields {
  const [first] = ownList(task, 'annotations') ?? [];
  const results = (isObject(first) ? ownList(first, 'result') : null) ?? [];
  return Object.fromEntries(
    results.filter(isObject).flatMap((result) => {
      const said = saidIn(own(result, 'value'));
      return said === undefined ? [] : [[ownText(result, 'from_name') || 'label', said] as const];
    }),
  );
}

/** A single choice is no list of choices. */
function saidIn(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const said = own(value, 'choices') ?? own(value, 'text') ?? own(value, 'rating');
  return Array.isArray(said) && said.length === 1 ? (said[0] as unknown) : said;
}
