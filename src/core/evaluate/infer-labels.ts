/** Whether targets are names or codes of classes, as far as the targets themselves and their inputs show it. */

/** A few dirty labels must not decide: two in a hundred rows of some public sets are of another form. */
export const majority = 0.95;
/** Labels that are seen twice each; more of them have to be seen more often. */
const fewLabels = 20;
const mostLabels = 200;
/** Examples that show whether answers are taken from their inputs. */
const sampleSize = 200;

/** Targets that show whether they are lists of labels. */
const listSample = 2000;

/** A target with the input it belongs to, where that is known. */
export interface Given {
  readonly target: string;
  readonly input: string | null;
}

export function countOf(targets: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const target of targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  return counts;
}

/** Distinct targets, frequent first, without the rare ones that together make up no more than the dirty share. */
export function frequent(targets: readonly string[]): string[] {
  const counts = [...countOf(targets)].sort((a, b) => b[1] - a[1]);
  let covered = 0;
  const kept = counts.filter(([, count]) => {
    const isNeeded = covered < majority * targets.length || count > 1;
    covered += count;
    return isNeeded;
  });
  return kept.map(([target]) => target);
}

/** Few distinct short texts that come again, and are not words that each input has of its own. */
export function labelsOf(given: readonly Given[]): string[] {
  const labels = frequent(given.map(({ target }) => target));
  const perLabel = labels.length <= fewLabels ? 2 : 10;
  const isLabelSet =
    labels.length >= 2 && labels.length <= mostLabels && given.length >= perLabel * labels.length;
  // Many single letters are answers about letters.
  const areNames = labels.length <= 5 || labels.some((label) => label.length > 1 || /\d/.test(label));
  return isLabelSet && areNames && labels.every(isShort) && !areTaken(given, labels) ? labels : [];
}

function isShort(label: string): boolean {
  return label.length <= 40 && label.split(/\s+/).length <= 5;
}

/** Answers that stand in their inputs, while most of the others do not: picked out there, not chosen from a set. */
function areTaken(given: readonly Given[], labels: readonly string[]): boolean {
  const sample = given.filter(({ input }) => input !== null).slice(0, sampleSize);
  const inputs = sample.map(({ input }) => plain(input ?? ''));
  const own = sample.filter(({ target }, index) => inputs[index]?.includes(plain(target)) ?? false);
  const all = inputs.flatMap((input) => labels.filter((label) => input.includes(plain(label))));
  return own.length >= sample.length * 0.8 && all.length * 2 < sample.length * labels.length;
}

/** Words in lower case with a space around each, so that no word is found within another. */
function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** Codes of classes (0 and 1, 1 to 5) rather than quantities: many classes need many examples of each. */
export function areClassCodes(targets: readonly string[]): boolean {
  const codes = frequent(targets)
    .map(Number)
    .sort((a, b) => a - b);
  const [first = -1] = codes;
  const perCode = codes.length <= 5 ? 4 : 20;
  return (
    codes.length >= 2 &&
    codes.length <= 10 &&
    targets.length >= perCode * codes.length &&
    (first === 0 || first === 1) &&
    codes.every((code, index) => code === first + index)
  );
}

/** "billing; refund": several labels of a set, which come in other company as well. */
export function areLabelLists(all: readonly string[]): boolean {
  const targets = all.slice(0, listSample);
  const lists = targets.map((target) => target.split(/\s*[;,|]\s*/).filter((part) => part !== ''));
  const parts = countOf(lists.flat());
  const isSet = parts.size >= 2 && parts.size <= mostLabels && parts.size * 3 <= lists.flat().length;
  const several = lists.filter((list) => list.length > 1).length;
  return (
    isSet &&
    several * 10 >= lists.length &&
    countOf(targets).size > parts.size &&
    [...parts.keys()].every(isShort)
  );
}
