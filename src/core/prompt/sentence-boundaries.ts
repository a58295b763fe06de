/**
 * `Intl.Segmenter` over a text of any length. V8's iterator takes time in the square of the text (8,000 sentences:
 * a second), so long texts go through it in windows that begin at a boundary.
 */
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const smallestWindow = 2048;
const largestWindow = 8192;

/** Whether "x. 3 …" ends a sentence shows at the next letter (UAX #29, SB8): later boundaries are not settled. */
function settledIn(window: string, boundaries: readonly number[]): number[] {
  const lastLetter = window.search(/\p{L}\P{L}*$/u);
  const settled = boundaries.filter((index) => index <= lastLetter);
  return settled.length === 0 && window.length >= largestWindow ? [...boundaries] : settled;
}

/** Where sentences begin, without the first; ascending. */
export function sentenceBoundaries(text: string): number[] {
  const found: number[] = [];
  let start = 0;
  let size = smallestWindow;
  while (start < text.length) {
    const window = text.slice(start, start + size);
    const inside = [...segmenter.segment(window)].map(({ index }) => index).filter((index) => index > 0);
    const isLast = start + size >= text.length;
    const settled = isLast ? inside : settledIn(window, inside);
    for (const index of settled) found.push(start + index);
    if (isLast) break;
    start += settled.at(-1) ?? 0;
    size = settled.length === 0 ? size * 2 : smallestWindow;
  }
  return found;
}
