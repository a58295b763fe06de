/**
 * How promptfoo reads a reply in our place: a `transform` that brings the answer into the form of the expected ones,
 * so that a plain comparison is left.
 */
import { letterOfTarget, parseOptions } from '../../core/evaluate/metrics/multiple-choice.ts';
import { valueOf } from '../../core/evaluate/metrics/number.ts';
import type { ComparedMetric, Metric, Task } from '../../core/types.ts';
import { flat, plain } from './plain-text.ts';
import {
  bracketsAnswer,
  labelAnswer,
  letterAnswer,
  listAnswer,
  numberAnswer,
  objectAnswer,
  textInJavaScript,
  yesNoAnswer,
} from './promptfoo-answers.ts';
import {
  lineInJavaScript,
  marksInJavaScript,
  mentionsInJavaScript,
  partsInJavaScript,
  plainInJavaScript,
  saidInJavaScript,
} from './promptfoo-reader.ts';

const marks = [saidInJavaScript, plainInJavaScript, marksInJavaScript];

/** What defines `line`, the answer as the run shows it. */
export const readLine = [...marks, lineInJavaScript].join('\n');

interface Reading {
  /** The body of the transform. */
  readonly code: string;
  /** An expected answer as the transform returns it. */
  readonly form: (target: string) => string;
}

const lower = (text: string): string => plain(text).toLowerCase();
const asWritten = (target: string): string => target;
const firstSentence = String.raw`plain(line.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0])`;

/** Expected answers of another form are compared as texts, as in the run ("unknown" among numbers). */
function textsCode(texts: readonly string[]): string {
  return `
// Expected answers of another form are compared as texts.
const asText = [plain(line), ${firstSentence}].map((text) => text.toLowerCase());
const other = ${JSON.stringify(texts)}.find((text) => asText.includes(text));
if (other !== undefined) return other;`;
}

/** @param form null for what is not of the metric's form */
function reading(
  form: (target: string) => string | null,
  targets: readonly string[],
  steps: readonly string[],
): Reading {
  const texts = [...new Set(targets.filter((target) => form(target) === null).map(lower))];
  const withTexts = [
    lineInJavaScript,
    textsCode(texts),
    ...steps.filter((step) => step !== lineInJavaScript),
  ];
  return {
    code: [...marks, ...(texts.length === 0 ? steps : withTexts)].join('\n'),
    form: (target) => form(target) ?? lower(target),
  };
}

/** The line, or its first sentence: "Paris. It is the capital of France." */
function lineReading(targets: readonly string[], ignoreCase: boolean): Reading {
  const form = ignoreCase ? lower : plain;
  const known = [...new Set(targets.map(form).filter((target) => /[.!?]\s+\S/.test(target)))];
  const cased = ignoreCase ? '.toLowerCase()' : '';
  const ending =
    known.length === 0
      ? `return ${firstSentence}${cased};`
      : `const whole = plain(line)${cased};
return ${JSON.stringify(known)}.includes(whole) ? whole : ${firstSentence}${cased};`;
  return { code: `${readLine}\n${ending}\n`, form };
}

const named = [partsInJavaScript(true), mentionsInJavaScript];

function labelReading(labels: readonly string[], targets: readonly string[]): Reading {
  const form = (target: string): string => labels.find((label) => lower(label) === lower(target)) ?? target;
  return reading(form, targets, [...named, labelAnswer(labels)]);
}

function yesNoReading(pair: readonly [string, string], targets: readonly string[]): Reading {
  const form = (target: string): string | null =>
    pair.find((label) => lower(label) === lower(target)) ?? null;
  return reading(form, targets, [...named, yesNoAnswer(pair)]);
}

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));

function letterReading(choices: readonly string[], targets: readonly string[]): Reading {
  const options = parseOptions(choices);
  const last = letters.findLast(options.isLetter) ?? 'Z';
  const inBrackets = targets.some((target) => target.includes('('));
  const form = (target: string): string | null => {
    const letter = letterOfTarget(target, options);
    return letter !== null && inBrackets ? `(${letter})` : letter;
  };
  return reading(form, targets, [...named, letterAnswer(last, options.texts, inBrackets)]);
}

function numberReading(targets: readonly string[]): Reading {
  const values = targets.map(valueOf).filter(Number.isFinite);
  const form = (target: string): string | null =>
    Number.isFinite(valueOf(target)) ? String(valueOf(target)) : null;
  return reading(form, targets, [partsInJavaScript(false), numberAnswer(values.every(Number.isInteger))]);
}

const separator = /\s*[,;|<>]\s*|\s*(?:->|→)\s*/;

function itemsOf(target: string, bySpaces: boolean): string | null {
  const items = flat(target.replace(/\n/g, ', ')).replace(/^[[({](.*)[\])}]\.?$/, '$1');
  const list = items
    .split(bySpaces && !separator.test(items) ? /\s+/ : separator)
    .map(lower)
    .filter((item) => item !== '');
  return list.join(', ') || null;
}

function listReading(
  { brackets }: Extract<ComparedMetric, { kind: 'list' }>,
  targets: readonly string[],
): Reading {
  const onlyBrackets = (target: string): string | null => target.replace(/[^()[\]{}<>]/g, '') || null;
  if (brackets === true) return reading(onlyBrackets, targets, [lineInJavaScript, bracketsAnswer]);
  const bySpaces = targets.some((target) => /\s/.test(target.trim()) && !separator.test(target));
  const form = (target: string): string | null => itemsOf(target, bySpaces);
  return reading(form, targets, [lineInJavaScript, listAnswer(bySpaces)]);
}

function comparedReading(
  metric: ComparedMetric,
  choices: readonly string[],
  targets: readonly string[],
): Reading {
  switch (metric.kind) {
    case 'exact':
      return lineReading(targets, metric.ignoreCase ?? false);
    case 'label':
      return choices.length > 0
        ? labelReading(choices, targets)
        : { ...lineReading([], false), form: asWritten };
    case 'yes-no':
      return yesNoReading(metric.labels, targets);
    case 'multiple-choice':
      return letterReading(choices, targets);
    case 'number':
      return numberReading(targets);
    case 'list':
      return listReading(metric, targets);
    case 'contains':
      return { code: `${saidInJavaScript}\n${plainInJavaScript}\nreturn flat(said);\n`, form: flat };
    case 'regex':
      return { code: `${saidInJavaScript}\nreturn linesOf(said).join('\\n');\n`, form: asWritten };
    case 'starts-with':
      return { code: [...marks, `return flat(${textInJavaScript});\n`].join('\n'), form: flat };
    case 'token-f1':
    case 'rouge-l':
    case 'levenshtein':
      return { code: [...marks, `return ${textInJavaScript};\n`].join('\n'), form: asWritten };
    case 'json':
      return { code: [...marks, objectAnswer].join('\n'), form: asWritten };
  }
}

/** Answers that agree with each other are compared as what they are; a judge and code read the whole reply. */
export function comparedBy(metric: Metric): ComparedMetric | null {
  if (metric.kind === 'judge' || metric.kind === 'javascript') return null;
  return metric.kind === 'self-consistency' ? metric.answers : metric;
}

/**
 * Null where replies are not compared with expected answers.
 * @param targets of all tests: they tell the form that is expected
 */
export function promptfooReading(
  { metric, choices }: Pick<Task, 'metric' | 'choices'>,
  targets: readonly string[],
): Reading | null {
  const compared = comparedBy(metric);
  return compared && comparedReading(compared, choices, targets);
}
