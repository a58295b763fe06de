/** Patterns and weights as a person types them: what they mean, or what is wrong with them. */
import { messageOf } from '../../core/errors.ts';
import { compilePattern } from '../../core/evaluate/linear-regex/pattern.ts';
import { parseFields, valueAt, type Fields } from '../../core/evaluate/metrics/json.ts';
import { patternFor } from '../../core/evaluate/metrics/regex.ts';

/** Targets that are tried as patterns: more would hold up typing. */
const tried = 200;

function problemOf(pattern: string): string | null {
  try {
    compilePattern(pattern, false);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** With the first expected answers in place of `{{target}}`. */
export function patternProblem(pattern: string, targets: readonly string[]): string | null {
  if (pattern.trim() === '') return 'Write a pattern, such as ^{{target}}\\b';
  const [first = ''] = targets;
  return problemOf(patternFor(pattern, first));
}

export function targetPatternProblem(targets: readonly string[]): string | null {
  const problems = targets.slice(0, tried).map(problemOf);
  const bad = problems.filter((problem) => problem !== null);
  const [first] = bad;
  if (first === undefined) return null;
  return `${bad.length} of the first ${problems.length} expected answers cannot be used as patterns. ${first}`;
}

interface BareFlags {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** Flags that say something else and are not known here. */
  readonly others: string;
}

/** `/TECH/i` is how JavaScript's code writes a pattern; here the slashes would be searched for. Null for others. */
export function betweenSlashes(typed: string): BareFlags | null {
  const [, pattern, flags = ''] = /^\s*\/(.+)\/([dgimsuvy]*)\s*$/.exec(typed) ?? [];
  if (pattern === undefined) return null;
  return {
    pattern: pattern.replaceAll('\\/', '/'),
    ignoreCase: flags.includes('i'),
    others: flags.replace(/[dgiuvy]/g, ''), // what remains changes what is found
  };
}

/** Targets that are no JSON objects are compared as text; null when all are. */
export function jsonNote(targets: readonly string[]): string | null {
  const first = targets.slice(0, tried);
  const others = first.filter((target) => parseFields(target) === null).length;
  if (others === 0) return null;
  return `${others} of the first ${first.length} expected answers are no JSON objects; such answers are compared as text.`;
}

/** Targets that are searched for a field. */
const searched = 20_000;

export function expectedObjects(targets: readonly string[]): readonly Fields[] {
  return targets
    .slice(0, searched)
    .map(parseFields)
    .filter((fields) => fields !== null);
}

/** Fields with a weight that no expected answer has: a misspelt name would make every reply score 0. */
export function weightsWarning(text: string, expected: readonly Fields[]): string | null {
  const names = Object.entries(readWeights(text).weights ?? {}).flatMap(([name, weight]) =>
    weight > 0 ? [name] : [],
  );
  if (expected.length === 0) return null; // the note says that there are no objects
  const missing = names.filter((name) => !expected.some((fields) => valueAt(fields, name) !== undefined));
  if (missing.length === 0) return null;
  const quoted = missing.map((name) => `“${name}”`).join(', ');
  const what = `No expected answer has ${missing.length === 1 ? 'the field' : 'the fields'} ${quoted}.`;
  return missing.length === names.length
    ? `${what} No other field has a weight, so every reply would score 0.`
    : `${what} ${missing.length === 1 ? 'Its weight does' : 'Their weights do'} not count.`;
}

interface Weights {
  /** Undefined: all fields alike. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly problem: string | null;
}

/** "name: 2" per line. A field may have a colon in its name: the last one counts. */
export function readWeights(text: string): Weights {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return { problem: null };
  const entries: [string, number][] = [];
  for (const line of lines) {
    const [, name = '', weight = ''] = /^\s*(.+?)\s*:\s*([\d.]+)\s*$/.exec(line) ?? [];
    if (name === '' || !Number.isFinite(Number(weight)))
      return { problem: `Expected a field, a colon and its weight; found “${line.trim()}”.` };
    entries.push([name, Number(weight)]);
  }
  if (entries.every(([, weight]) => weight === 0)) return { problem: 'At least one weight must be above 0.' };
  return { weights: Object.fromEntries(entries), problem: null };
}

export function weightsInWords(weights: Readonly<Record<string, number>>): string {
  return Object.entries(weights)
    .map(([name, weight]) => `${name}: ${weight}`)
    .join('\n');
}
