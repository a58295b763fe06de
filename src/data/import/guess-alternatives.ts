/** Which column holds further right answers. */
import { ALTERNATIVE_NAMES } from './columns.ts';
import { byName, lastPart, wordsOf } from './match-name.ts';
import { SAMPLE } from './profile.ts';
import type { ColumnProfile } from './profile.ts';
import { cellText } from './raw-table.ts';
import type { RawTable } from './raw-table.ts';

/** First words of lists of answers that count as well: "possible_translations", "all_common_concepts". */
const MORE =
  /^(?:other|possible|acceptable|accepted|valid|alternative|alternate|additional|all|equivalent|allowed)$/;

export function guessAlternatives(
  table: RawTable,
  others: readonly ColumnProfile[],
  target: ColumnProfile | undefined,
): ColumnProfile | undefined {
  if (target === undefined) return undefined;
  const lists = others.filter(
    ({ name, lists }) => lists >= 0.5 && MORE.test(wordsOf(lastPart(name))[0] ?? ''),
  );
  const beside = others.filter(({ name, objects }) => objects < 0.5 && around(name) === around(target.name));
  return byName(beside, ALTERNATIVE_NAMES) ?? lists.find((column) => areAnswers(table, column, target));
}

/** "answer.value" and "answer.aliases" are of one answer. */
function around(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('.'), 0));
}

/** As many words per item as the answer has: translations beside a translation, not categories beside a list of animals. */
function areAnswers({ rows }: RawTable, { position }: ColumnProfile, target: ColumnProfile): boolean {
  const items = rows.slice(0, SAMPLE).flatMap(({ cells }) => {
    const cell = cells[position] ?? '';
    return typeof cell === 'string' ? [] : cell;
  });
  const words = items.reduce((sum, item) => sum + cellText(item).trim().split(/\s+/).length, 0);
  return items.length > 0 && words / items.length >= target.words * 0.5;
}
