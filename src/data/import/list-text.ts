/** Lists that were squeezed into a text cell. */

const ITEM = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s,'"[\]]+))\s*(?:,|\s|$)/;

/** `["a", "b"]` as JSON, Python or NumPy print it; null for any other text. */
export function parseList(text: string): string[] | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return null;
  const items: string[] = [];
  let rest = trimmed.slice(1, -1);
  while (rest.trim() !== '') {
    const found = ITEM.exec(rest);
    if (found === null) return null;
    const item = found[1] ?? found[2];
    items.push(item === undefined ? (found[3] ?? '') : unescape(item));
    rest = rest.slice(found[0].length);
  }
  return items;
}

function unescape(item: string): string {
  return item.replace(/\\(u[\da-f]{4}|[^])/gi, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { n: '\n', t: '\t', r: '\r' }[code] ?? code;
  });
}

/** Several answers in one cell: a printed list, or parts between semicolons, bars or line breaks. */
export function splitAnswers(text: string): string[] {
  const list = parseList(text);
  const separator = [';', '|', '\n'].find((mark) => text.includes(mark));
  const items = list ?? (separator === undefined ? [text] : text.split(separator));
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
