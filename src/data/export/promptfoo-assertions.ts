/**
 * How promptfoo compares answers in our place. A `transform` reads the answer from the reply and brings it into the
 * form of the expected ones, so that `equals` can compare; the import reads these assertions back.
 */
import { patternFor } from '../../core/evaluate/metrics/regex.ts';
import type { ComparedMetric, Example, Metric, Task } from '../../core/types.ts';
import { gradedCode, isGraded } from './promptfoo-graded.ts';

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

const readAnswer = `const text = String(output).replace(/<think>[^]*?<\\/think>/g, '').trim();
const marked = text.split(/\\banswer\\b[*_\\s]*(?:is\\b|:)[*_\\s]*/i);
const lines = (marked.length > 1 ? marked.at(-1) : text).split('\\n').map((line) => line.trim()).filter(Boolean);
const line = (marked.length > 1 ? lines[0] : lines.at(-1)) ?? '';
const answer = line.replace(/^["'\`*]+|["'\`*]+$/g, '').replace(/\\.$/, '').trim();`;

/** All of what stands behind the mark, or of the reply. */
const readRest = `const text = String(output).replace(/<think>[^]*?<\\/think>/g, '').trim();
const marked = text.split(/\\banswer\\b[*_\\s]*(?:is\\b|:)[*_\\s]*/i);
const answer = (marked.length > 1 ? marked.at(-1) : text).trim();`;

const json = JSON.stringify;

function labelsReturn(labels: readonly string[]): string {
  return `const labels = ${json(labels)};
const word = (label) => (' ' + answer.toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, ' ') + ' ').includes(' ' + label.toLowerCase() + ' ');
return labels.find((label) => label.toLowerCase() === answer.toLowerCase()) ?? labels.find(word) ?? answer;`;
}

const number = (text: string): number => Number(text.replace(/[,\s$€£¥%]/g, '').replaceAll('−', '-'));
const isLetter = (target: string): boolean => /^\(?[A-Za-z]\)?$/.test(target.trim());
const onlyBrackets = (text: string): string => text.replace(/[^()[\]{}<>]/g, '');
const listOf = (text: string): string =>
  text
    .split(text.includes(',') ? ',' : /\s+/)
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '')
    .join(', ');

interface Comparing {
  /** Ends the transform. */
  readonly returns: string;
  /** The expected answer in the form that the transform returns. */
  readonly form: (target: string) => string;
}

const asWritten = (target: string): string => target;

function letters(targets: readonly string[]): Comparing {
  const inBrackets = targets.some((target) => target.includes('('));
  const shape = inBrackets ? "'(' + letter + ')'" : 'letter';
  return {
    returns: `const letter = (/\\(([A-Za-z])\\)/.exec(answer) ?? /^([A-Za-z])(?:[).:,\\s]|$)/.exec(answer))?.[1]?.toUpperCase();
return letter === undefined ? answer : ${shape};`,
    form: (target) => {
      const letter = target.replace(/[()\s]/g, '').toUpperCase();
      return inBrackets ? `(${letter})` : letter;
    },
  };
}

/** Targets without a number in them ("unknown") are compared as texts, as in the run. */
function numbers(targets: readonly string[]): Comparing {
  const isNumber = (target: string): boolean => Number.isFinite(number(target));
  const texts = [...new Set(targets.filter((target) => !isNumber(target)))];
  const asText = `const bare = (text) => text.replace(/^["'\`*]+|["'\`*]+$/g, '').replace(/\\.$/, '').trim().toLowerCase();
const known = ${json(texts)}.find((text) => bare(text) === bare(answer));
if (known !== undefined) return known;
`;
  return {
    returns: `${texts.length === 0 ? '' : asText}const found = /[-−]?\\d[\\d,]*(?:\\.\\d+)?/.exec(answer)?.[0];
return found === undefined ? answer : String(Number(found.replace(/,/g, '').replace('−', '-')));`,
    form: (target) => (isNumber(target) ? String(number(target)) : target),
  };
}

function lists(metric: Extract<ComparedMetric, { kind: 'list' }>): Comparing {
  if (metric.brackets) return { returns: 'return answer.replace(/[^()[\\]{}<>]/g, "");', form: onlyBrackets };
  return {
    returns: `const items = answer.replace(/^[\\[(]|[\\])]$/g, '').toLowerCase();
return items.split(items.includes(',') ? ',' : /\\s+/).map((item) => item.trim()).filter(Boolean).join(', ');`,
    form: listOf,
  };
}

function comparing(
  metric: ComparedMetric,
  choices: readonly string[],
  targets: readonly string[],
): Comparing {
  switch (metric.kind) {
    case 'contains':
    case 'regex':
    case 'token-f1':
    case 'rouge-l':
    case 'levenshtein':
    case 'json':
      return { returns: 'return answer;', form: asWritten };
    case 'starts-with':
      return metric.ignoreCase === true
        ? { returns: 'return answer.toLowerCase();', form: (target) => target.trim().toLowerCase() }
        : { returns: 'return answer;', form: (target) => target.trim() };
    case 'yes-no':
      return { returns: labelsReturn(metric.labels), form: asWritten };
    case 'label':
      return { returns: labelsReturn(choices), form: asWritten };
    case 'multiple-choice':
      return targets.every(isLetter) ? letters(targets) : { returns: labelsReturn(choices), form: asWritten };
    case 'number':
      return numbers(targets);
    case 'list':
      return lists(metric);
    case 'exact':
      return metric.ignoreCase === true
        ? { returns: 'return answer.toLowerCase();', form: (target) => target.trim().toLowerCase() }
        : { returns: 'return answer;', form: (target) => target.trim() };
  }
}

/** Answers that agree with each other are compared as what they are; a judge and code read the whole reply. */
function comparedBy(metric: Metric): ComparedMetric | null {
  if (metric.kind === 'judge' || metric.kind === 'javascript') return null;
  return metric.kind === 'self-consistency' ? metric.answers : metric;
}

/** The body of `defaultTest.options.transform`; null where replies are compared as they are. */
export function promptfooTransform({ metric, choices }: Task, targets: readonly string[]): string | null {
  const compared = comparedBy(metric);
  if (compared === null || compared.kind === 'contains' || compared.kind === 'regex') return null;
  const reads = compared.kind === 'starts-with' || isGraded(compared) ? readRest : readAnswer;
  return `${reads}\n${comparing(compared, choices, targets).returns}\n`;
}

/** The expected answers as they are written in the data. */
function told(accepted: readonly string[]): PromptfooAssertion {
  const [only = ''] = accepted;
  return accepted.length === 1
    ? { type: 'equals', value: only, weight: 0 }
    : { type: 'contains-any', value: accepted, weight: 0 };
}

function within(expected: readonly string[], tolerance: number): string {
  return expected.map((value) => `Math.abs(Number(output) - ${Number(value)}) <= ${tolerance}`).join(' || ');
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

function containing(
  accepted: readonly string[],
  { ignoreCase = false, all }: Containing,
): PromptfooAssertion[] {
  const [only = ''] = accepted;
  if (all === true) return [{ type: ignoreCase ? 'icontains-all' : 'contains-all', value: accepted }];
  if (accepted.length === 1) return [{ type: ignoreCase ? 'icontains' : 'contains', value: only }];
  return [{ type: ignoreCase ? 'icontains-any' : 'contains-any', value: accepted }];
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

function opening(expected: readonly string[]): PromptfooAssertion {
  const [only = ''] = expected;
  if (expected.length === 1) return { type: 'starts-with', value: only };
  return { type: 'javascript', value: `${json(expected)}.some((start) => output.startsWith(start))` };
}

type CodeMetric = Extract<Metric, { kind: 'javascript' }>;

/** The person's code as it is, called with the same names. Several lines are the body of a function to promptfoo. */
function ownCode({ code, solvedFrom = 1 }: CodeMetric, example: Example): PromptfooAssertion {
  const { target, alternatives = [], input, fields = {} } = example;
  const body = /\breturn\b/.test(code) ? code : `return (${code}\n);`;
  const isAsync = /\b(?:async|await|Promise)\b/.test(code);
  const value = `${readAnswer}
const score = (${isAsync ? 'async ' : ''}(output, answer, target, alternatives, input, fields) => {
${body}
})(output, answer, ${[target, alternatives, input, fields].map((argument) => json(argument)).join(', ')});
return ${isAsync ? 'score.then(Number)' : 'Number(score)'};
`;
  return { type: 'javascript', value, threshold: solvedFrom };
}

export function promptfooAssertions(
  { metric, choices }: Task,
  example: Example,
  targets: readonly string[],
): PromptfooAssertion[] {
  const { target, alternatives = [] } = example;
  if (metric.kind === 'judge') return [{ type: 'llm-rubric', value: metric.rubric }];
  if (metric.kind === 'javascript') return [told([target, ...alternatives]), ownCode(metric, example)];
  const compared = metric.kind === 'self-consistency' ? metric.answers : metric;
  const accepted = [target, ...alternatives];
  if (compared.kind === 'contains') return containing(accepted, compared);
  if (compared.kind === 'regex') return matching(compared, accepted);
  if (isGraded(compared)) {
    const threshold = compared.solvedFrom ?? 1;
    return [told(accepted), { type: 'javascript', value: gradedCode(compared, accepted), threshold }];
  }
  const expected = accepted.map(comparing(compared, choices, targets).form);
  const comparison = compared.kind === 'starts-with' ? opening(expected) : compare(compared, expected);
  const isAsWritten = comparison.type !== 'javascript' && comparison.value === target;
  return isAsWritten ? [comparison] : [told(accepted), comparison];
}
