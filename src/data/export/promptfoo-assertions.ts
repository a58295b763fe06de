/**
 * How promptfoo compares answers in our place, once the transform has brought them into the form of the expected ones.
 * The import reads these assertions back.
 */
import { negationPattern } from '../../core/evaluate/mention.ts';
import { patternFor } from '../../core/evaluate/metrics/regex.ts';
import { escapePattern } from '../../core/evaluate/normalize-text.ts';
import type { ComparedMetric, Example, Metric, Task } from '../../core/types.ts';
import { flat, plain } from './plain-text.ts';
import { gradedCode, isGraded } from './promptfoo-graded.ts';
import { comparedBy, readLine } from './promptfoo-transform.ts';

export interface PromptfooAssertion {
  readonly type:
    | 'equals'
    | 'contains'
    | 'icontains'
    | 'contains-any'
    | 'icontains-any'
    | 'contains-all'
    | 'icontains-all'
    | 'starts-with'
    | 'regex'
    | 'javascript'
    | 'llm-rubric';
  readonly value: string | readonly string[];
  /** The least score that passes; without one promptfoo lets everything above 0 pass. */
  readonly threshold?: number;
  /** 0: only tells the reader (and our import) what was expected; promptfoo lets it pass. */
  readonly weight?: 0;
}

const json = JSON.stringify;

/** The expected answers as they are written in the data. */
function told(accepted: readonly string[]): PromptfooAssertion {
  const [only = ''] = accepted;
  return accepted.length === 1
    ? { type: 'equals', value: only, weight: 0 }
    : { type: 'contains-any', value: accepted, weight: 0 };
}

/** With the run's slack: 3.2 is 0.1 away from 3.1. Texts among the numbers have to be equal. */
function within(expected: readonly string[], tolerance: number): string {
  const isNear = (value: string): string => {
    const slack = 1e-9 * Math.max(1, Math.abs(Number(value)));
    return Number.isFinite(Number(value))
      ? `Math.abs(Number(output) - ${Number(value)}) <= ${tolerance} + ${slack}`
      : `output === ${json(value)}`;
  };
  return expected.map(isNear).join(' || ');
}

/** Part of a set may be right: the harmonic mean of precision and recall, as in the run. */
function overlap(expected: readonly string[]): string {
  return `Math.max(...${json(expected.map((list) => list.split(', ')))}.map((items) => { const given = new Set(output.split(', ')); return (2 * new Set(items.filter((item) => given.has(item))).size) / (given.size + new Set(items).size); }))`;
}

function compare(metric: ComparedMetric, expected: readonly string[]): PromptfooAssertion {
  const tolerance = metric.kind === 'number' ? (metric.tolerance ?? 0) : 0;
  if (tolerance > 0) return { type: 'javascript', value: within(expected, tolerance) };
  const isSet = metric.kind === 'list' && !metric.ordered && !metric.brackets;
  if (isSet) return { type: 'javascript', value: overlap(expected), threshold: 1 };
  const [only = ''] = expected;
  return expected.length === 1
    ? { type: 'equals', value: only }
    : { type: 'javascript', value: `${json(expected)}.includes(output)` };
}

type Containing = Extract<ComparedMetric, { kind: 'contains' }>;

/** "cat" is not in "concatenate"; promptfoo's own assertion finds it there and only tells what was expected. */
function containing(
  accepted: readonly string[],
  { ignoreCase = false, all = false }: Containing,
): PromptfooAssertion[] {
  const [only = ''] = accepted;
  const type =
    `${ignoreCase ? 'i' : ''}contains${all ? '-all' : accepted.length === 1 ? '' : '-any'}` as const;
  const tests = accepted.map((text) => {
    const words = `(?<![\\p{L}\\p{N}])${escapePattern(flat(text))}(?![\\p{L}\\p{N}])`;
    return `${String(new RegExp(words, ignoreCase ? 'iu' : 'u'))}.test(output)`;
  });
  return [
    { type, value: type.endsWith('contains') ? only : accepted, weight: 0 },
    { type: 'javascript', value: tests.join(all ? ' && ' : ' || ') },
  ];
}

/** Labels that are not known beforehand: the answer says this one, does not deny it, and offers none beside it. */
function saying(accepted: readonly string[]): PromptfooAssertion[] {
  const says = (target: string): string => {
    const words = `(?<![\\p{L}\\p{N}_])${escapePattern(plain(target))}(?![\\p{L}\\p{N}_])`;
    const denial = negationPattern.source.replace(/\$$/, '');
    const other = `\\b(?:or|nor|and|than)\\s+(?:\\p{L}+\\s+)?["']?${words}|${words}["']?\\s*(?:or|nor|and)\\b`;
    const not = String(new RegExp(`${denial}${words}|${other}`, 'iu'));
    return `(${String(new RegExp(words, 'iu'))}.test(output) && !${not}.test(output))`;
  };
  return [told(accepted), { type: 'javascript', value: accepted.map(says).join(' || ') }];
}

/** promptfoo knows no flags: what needs one is code. */
function matching(
  { pattern, ignoreCase = false }: Extract<ComparedMetric, { kind: 'regex' }>,
  accepted: readonly string[],
): PromptfooAssertion[] {
  const sources = accepted.map((target) => patternFor(pattern, target));
  const [only = ''] = sources;
  const isPlain = sources.length === 1 && !ignoreCase && !/\\[pPu]/.test(only);
  const flags = json(ignoreCase ? 'iu' : 'u');
  const comparison: PromptfooAssertion = isPlain
    ? { type: 'regex', value: only }
    : {
        type: 'javascript',
        value: `${json(sources)}.some((source) => new RegExp(source, ${flags}).test(output))`,
      };
  return pattern === undefined && isPlain ? [comparison] : [told(accepted), comparison];
}

type Opening = Extract<ComparedMetric, { kind: 'starts-with' }>;

/** "no" does not open "nothing". */
function opening(accepted: readonly string[], { ignoreCase = false }: Opening): PromptfooAssertion[] {
  const [only = ''] = accepted;
  const tests = accepted.map((text) => {
    const end = /[\p{L}\p{N}]$/u.test(flat(text)) ? '(?![\\p{L}\\p{N}])' : '';
    return `${String(new RegExp(`^${escapePattern(flat(text))}${end}`, ignoreCase ? 'iu' : 'u'))}.test(output)`;
  });
  const start: PromptfooAssertion =
    accepted.length === 1 ? { type: 'starts-with', value: only, weight: 0 } : told(accepted);
  return [start, { type: 'javascript', value: tests.join(' || ') }];
}

type CodeMetric = Extract<Metric, { kind: 'javascript' }>;

/** The person's code as it is, called with the same names. Several lines are the body of a function to promptfoo. */
function ownCode({ code, solvedFrom = 1 }: CodeMetric, example: Example): PromptfooAssertion {
  const { target, alternatives = [], input, fields = {} } = example;
  const body = /\breturn\b/.test(code) ? code : `return (${code}\n);`;
  const isAsync = /\b(?:async|await|Promise)\b/.test(code);
  const value = `${readLine}
const answer = plain(line);
const score = (${isAsync ? 'async ' : ''}(output, answer, target, alternatives, input, fields) => {
${body}
})(output, answer, ${[target, alternatives, input, fields].map((argument) => json(argument)).join(', ')});
return ${isAsync ? 'score.then(Number)' : 'Number(score)'};
`;
  return { type: 'javascript', value, threshold: solvedFrom };
}

/** @param form the expected answers as the transform returns them */
export function promptfooAssertions(
  { metric, choices }: Pick<Task, 'metric' | 'choices'>,
  example: Example,
  form: (target: string) => string,
): PromptfooAssertion[] {
  const { target, alternatives = [] } = example;
  const accepted = [target, ...alternatives];
  if (metric.kind === 'judge') return [{ type: 'llm-rubric', value: metric.rubric }];
  if (metric.kind === 'javascript') return [told(accepted), ownCode(metric, example)];
  const compared = comparedBy(metric);
  if (compared === null || accepted.every((text) => text.trim() === '')) return []; // no right answer is known
  if (compared.kind === 'contains') return containing(accepted, compared);
  if (compared.kind === 'regex') return matching(compared, accepted);
  if (compared.kind === 'starts-with') return opening(accepted, compared);
  if (compared.kind === 'label' && choices.length === 0) return saying(accepted);
  if (isGraded(compared)) {
    const threshold = compared.solvedFrom ?? 1;
    return [told(accepted), { type: 'javascript', value: gradedCode(compared, accepted), threshold }];
  }
  const comparison = compare(compared, accepted.map(form));
  const isAsWritten = comparison.type !== 'javascript' && comparison.value === target;
  return isAsWritten ? [comparison] : [told(accepted), comparison];
}
