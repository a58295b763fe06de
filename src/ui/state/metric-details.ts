/** Patterns and weights as a person types them: what they mean, or what is wrong with them. */
import { messageOf } from '../../core/errors.ts';
import { compilePattern } from '../../core/evaluate/linear-regex/pattern.ts';
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

/** Targets that are no JSON objects are compared as text; null when all are. */
export function jsonNote(targets: readonly string[]): string | null {
  const isObject = (target: string): boolean => {
    try {
      const value: unknown = JSON.parse(target);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    } catch {
      return false;
    }
  };
  const first = targets.slice(0, tried);
  const others = first.filter((target) => !isObject(target)).length;
  if (others === 0) return null;
  return `${others} of the first ${first.length} expected answers are no JSON objects; such answers are compared as text.`;
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
