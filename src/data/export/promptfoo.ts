/**
 * A promptfoo configuration that runs as it is: the prompt as chat messages, the examples the score is of as tests,
 * and a provider that needs no account. Texts are kept from being taken for templates or file names.
 */
import { Document, isScalar } from 'yaml';
import { decidingComparison } from '../../core/report.ts';
import { promptfooAssertions, type PromptfooAssertion } from './promptfoo-assertions.ts';
import { promptfooReading } from './promptfoo-transform.ts';
import { commentLine } from './literals.ts';
import { identifiers, type RequestTemplate, type TemplatePart } from './request-template.ts';
import { readingInWords } from './scoring.ts';
import type { ResultToExport, ScoredRow } from './result.ts';

/** Nunjucks prints the brace instead of opening a tag, or of missing the comment that `#}` would end. */
function literal(text: string): string {
  return text.replace(/\{(?=[{%#])|(?<=#)\}/g, (brace) => `{{ '${brace}' }}`);
}

function rendered(parts: readonly TemplatePart[], variables: ReadonlyMap<string, string>): string {
  return parts
    .map((part) =>
      typeof part === 'string' ? literal(part) : `{{ ${variables.get(part.name) ?? 'input'} }}`,
    )
    .join('');
}

function promptJson({ system, user }: RequestTemplate, variables: ReadonlyMap<string, string>): string {
  const messages = [
    ...(system.length === 0 ? [] : [{ role: 'system', content: rendered(system, variables) }]),
    { role: 'user', content: rendered(user, variables) },
  ];
  return JSON.stringify(messages, null, 2);
}

/** promptfoo would load these as files, or fill them in like templates: they would not be the texts that were scored. */
function isSafe(text: string): boolean {
  return !/^(?:file|package|exec):/.test(text) && !/\{\{|\{%|\{#/.test(text);
}

/** Values by the names they have in promptfoo. A column that the example lacks stays as it is written. */
function valuesOf({ example }: ScoredRow, variables: ReadonlyMap<string, string>): Record<string, string> {
  const known = new Map([...Object.entries(example.fields ?? {}), ['input', example.input]]);
  return Object.fromEntries(
    [...variables].map(([name, variable]) => [variable, known.get(name) ?? `{{${name}}}`]),
  );
}

/** Values are templates too, also those of code. */
function assertionOf({ value, ...rest }: PromptfooAssertion): PromptfooAssertion {
  return { ...rest, value: typeof value === 'string' ? literal(value) : value.map(literal) };
}

function provider(
  { endpoint }: ResultToExport,
  { temperature, maxTokens, stop }: RequestTemplate,
): object | string {
  if (endpoint === null) return 'echo';
  const config = { apiBaseUrl: endpoint.baseUrl, temperature, max_tokens: maxTokens, stop };
  return { id: `openai:chat:${endpoint.model}`, config };
}

const providerAdvice = ` "echo" needs no account: it answers with the prompt, so that no test passes. Put your model in its place, e.g.
   - id: ollama:chat:qwen2.5:0.5b
   - id: openai:chat:gpt-4.1-mini
     config: { temperature: 0 }`;

function head(result: ResultToExport, scored: number, left: number): string {
  const { metric } = result.task;
  const isRead = metric.kind !== 'judge' && metric.kind !== 'javascript';
  const reading = isRead ? readingInWords('The transform', metric) : [];
  const { split } = decidingComparison(result.report);
  const missing =
    left === 0
      ? []
      : [` Left out: ${left} examples whose text promptfoo would take for a template or a file.`];
  return [
    ` ${commentLine(result.name)}: the prompt to the letter, and the ${scored} ${split} examples it was scored on.`,
    ...reading.map((sentence) => ` ${commentLine(sentence)}`),
    ' Run it with: npx promptfoo@latest eval',
    ...missing,
  ].join('\n');
}

export function toPromptfoo(result: ResultToExport, template: RequestTemplate): string {
  const { split } = decidingComparison(result.report);
  const scored = result.rows.filter((row) => row.split === split);
  const names = template.names.length === 0 ? ['input'] : template.names;
  const short = identifiers(names);
  const variables = new Map(names.map((name, index) => [name, short[index] ?? name]));
  const targets = scored.flatMap(({ example }) => [example.target, ...(example.alternatives ?? [])]);
  const usable = scored.filter((row) =>
    [
      ...Object.values(valuesOf(row, variables)),
      row.example.target,
      ...(row.example.alternatives ?? []),
    ].every(isSafe),
  );
  const reading = promptfooReading(result.task, targets);
  const form = reading?.form ?? ((target: string) => target);
  const document = new Document({
    description: result.name,
    prompts: [{ label: result.name, raw: promptJson(template, variables) }],
    providers: [provider(result, template)],
    ...(reading === null ? {} : { defaultTest: { options: { transform: reading.code } } }),
    tests: usable.map((row) => ({
      vars: valuesOf(row, variables),
      assert: promptfooAssertions(result.task, row.example, form).map(assertionOf),
    })),
  });
  document.commentBefore = head(result, scored.length, scored.length - usable.length);
  const placeholder: unknown = document.getIn(['providers', 0], true);
  if (result.endpoint === null && isScalar(placeholder)) placeholder.commentBefore = providerAdvice;
  return document.toString({ lineWidth: 0 });
}
