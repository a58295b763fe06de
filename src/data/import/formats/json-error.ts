/**
 * Where a text stops being JSON, and what was expected there. Engines word this differently, and many leave out the
 * place, which is what the person needs.
 */

export interface JsonError {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** "Expected … , found …". */
  readonly message: string;
}

type Expectation = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/** The next place and expectation; the place where a text is broken; null when what stands there is not expected. */
type Step = readonly [number, Expectation] | number | null;

const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

const WORDS: Readonly<Record<Expectation, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a field name in double quotes',
  'key or }': 'a field name in double quotes, or }',
  ':': 'a colon',
  ', or end': 'a comma or a closing bracket',
};

/** For a text that `JSON.parse` refused. */
export function locateJsonError(text: string): JsonError {
  const open: ('[' | '{')[] = [];
  let expected: Expectation = 'value';
  let at = 0;
  for (;;) {
    at = skipSpace(text, at);
    const atEnd: boolean = expected === ', or end' && open.length === 0;
    const next: Step = atEnd ? null : step(text, at, expected, open);
    if (next === null) return describe(text, at, atEnd ? 'nothing after the end' : WORDS[expected]);
    if (typeof next === 'number')
      return describe(text, next, 'a text that ends with double quotes, in one line');
    [at, expected] = next;
  }
}

function step(text: string, at: number, expected: Expectation, open: ('[' | '{')[]): Step {
  const character = text.charAt(at);
  const inside = open.at(-1);
  if (expected === ':') return character === ':' ? [at + 1, 'value'] : null;
  const closes = inside === '[' ? ']' : '}';
  if (
    character === closes &&
    inside !== undefined &&
    (expected === ', or end' || expected.endsWith(closes))
  ) {
    open.pop();
    return [at + 1, ', or end'];
  }
  if (expected === ', or end') return character === ',' ? [at + 1, inside === '{' ? 'key' : 'value'] : null;
  const isKey = expected.startsWith('key');
  if (character === '"') return stepText(text, at, isKey);
  if (isKey) return null;
  if (character === '[' || character === '{') {
    open.push(character);
    return [at + 1, character === '[' ? 'value or ]' : 'key or }'];
  }
  LITERAL.lastIndex = at;
  return LITERAL.test(text) ? [LITERAL.lastIndex, ', or end'] : null;
}

function stepText(text: string, start: number, isKey: boolean): Step {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) >= 0x20) {
    if (text.charAt(at) === '"') return [at + 1, isKey ? ':' : ', or end'];
    ESCAPE.lastIndex = at;
    if (text.charAt(at) !== '\\') at += 1;
    else if (ESCAPE.test(text)) at = ESCAPE.lastIndex;
    else return at;
  }
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

function describe(text: string, at: number, expected: string): JsonError {
  const before = text.slice(0, at);
  const found =
    at >= text.length
      ? 'the end of the file'
      : `“${text.slice(at, at + 20).split(/[\r\n]/)[0] || 'a line break'}”`;
  return {
    line: before.split('\n').length,
    column: at - before.lastIndexOf('\n'),
    message: `Expected ${expected}, found ${found}`,
  };
}
