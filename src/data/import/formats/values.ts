/** Small readers for values of unknown shape. */

/** A plain object: its own keys only are ever read, so that names like `__proto__` are names like any other. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; never one of the prototype's. */
export function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A text property, or ''. */
export function ownText(object: Readonly<Record<string, unknown>>, key: string): string {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
}

export function ownList(object: Readonly<Record<string, unknown>>, key: string): readonly unknown[] | null {
  const value = own(object, key);
  return Array.isArray(value) ? value : null;
}

/** What a cell shows: text as it is, nothing for null, JSON for what has parts. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return jsonOf(value);
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}

function jsonOf(value: object): string {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}

/** A value that is one answer or a list of answers, as a list without blanks. */
export function textsOf(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => textOf(item).trim()).filter((text) => text !== '');
}
