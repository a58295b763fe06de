/** What promptfoo would do with a configuration of ours. */
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { toPromptfoo } from '../../../src/data/export/promptfoo.ts';
import { requestTemplate } from '../../../src/data/export/request-template.ts';
import { promptOf, type ResultToExport } from '../../../src/data/export/result.ts';

interface Assertion {
  readonly type: string;
  readonly value: string | readonly string[];
  readonly weight?: number;
  readonly threshold?: number;
}

export interface Config {
  readonly prompts: readonly { readonly raw: string; readonly label: string }[];
  readonly providers: readonly unknown[];
  readonly defaultTest?: { readonly options: { readonly transform: string } };
  readonly tests: readonly {
    readonly vars: Record<string, string>;
    readonly assert: readonly Assertion[];
  }[];
}

export function write(result: ResultToExport): string {
  return toPromptfoo(result, requestTemplate(result.task, promptOf(result), ['context', 'the date']));
}

export const configOf = (result: ResultToExport): Config => parse(write(result)) as Config;

function evaluate(code: string, output: string): unknown {
  // several lines are a function's body to promptfoo, one line is an expression
  return runInNewContext(code.includes('\n') ? `(() => {\n${code}\n})()` : code, { output }) as unknown;
}

function isMet({ type, value, weight, threshold }: Assertion, output: string): boolean {
  if (weight === 0) return true;
  const values = [value].flat();
  if (type === 'javascript') {
    const score = Number(evaluate(String(value), output));
    return threshold === undefined ? score > 0 : score >= threshold;
  }
  if (type === 'starts-with') return output.startsWith(String(value));
  if (type === 'regex') return new RegExp(String(value)).test(output);
  if (type === 'equals') return output === value;
  const [text, wanted] = type.startsWith('i')
    ? [output.toLowerCase(), values.map((one) => one.toLowerCase())]
    : [output, values];
  return type.endsWith('-all')
    ? wanted.every((one) => text.includes(one))
    : wanted.some((one) => text.includes(one));
}

/** Transforms the reply, then asks every assertion of the test. */
export function passes({ defaultTest, tests }: Config, reply: string, index = 0): boolean {
  const code = defaultTest?.options.transform;
  const output = code === undefined ? reply : String(evaluate(code, reply));
  return (tests[index]?.assert ?? []).every((assertion) => isMet(assertion, output));
}
