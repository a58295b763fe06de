/**
 * What is sent to the model, with the places left open where the values of an example go. It is read off a real
 * request made with marks for values, so that it cannot differ from what was scored.
 */
import { answerRequest } from '../../core/evaluate/answer-request.ts';
import type { Task } from '../../core/types.ts';

export type TemplatePart = string | { readonly name: string };

export interface RequestTemplate {
  /** Empty when the prompt begins with a value. */
  readonly system: readonly TemplatePart[];
  readonly user: readonly TemplatePart[];
  /** Values that are filled in, each once. */
  readonly names: readonly string[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly stop: readonly string[];
  /** Labels that the engine was limited to; empty when the answer was free. */
  readonly labels: readonly string[];
}

/** A character of the private use area that the prompt does not have. */
function markFor(prompt: string, suffix: string): string {
  for (let code = 0xe000; ; code += 1) {
    const mark = String.fromCharCode(code);
    if (!prompt.includes(mark) && !suffix.includes(mark)) return mark;
  }
}

function partsOf(text: string, mark: string, names: readonly string[]): TemplatePart[] {
  const pieces = text.split(new RegExp(`${mark}(\\d+)${mark}`));
  const parts = pieces.map((piece, index) =>
    index % 2 === 0 ? piece : { name: names[Number(piece)] ?? '' },
  );
  return parts.filter((part) => part !== '');
}

/** @param columns names that a placeholder may have besides `input` */
export function requestTemplate(task: Task, prompt: string, columns: readonly string[]): RequestTemplate {
  const names = ['input', ...columns.filter((name) => name !== 'input')];
  const mark = markFor(prompt, task.answer.suffix);
  const marked = names.map((name, index) => [name, `${mark}${index}${mark}`] as const);
  const request = answerRequest(task, prompt, {
    id: '',
    target: '',
    input: `${mark}0${mark}`,
    fields: Object.fromEntries(marked),
  });
  const system = partsOf(request.system, mark, names);
  const user = partsOf(request.prompt, mark, names);
  const used = [...system, ...user].flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
  return {
    system,
    user,
    names: [...new Set(used)],
    maxTokens: request.maxTokens,
    temperature: request.temperature,
    stop: request.stop ?? [],
    labels: request.constraint?.kind === 'choice' ? request.constraint.choices : [],
  };
}

/** The text with its values in double braces, as most tools write them. */
export function withBraces(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `{{${part.name}}}`)).join('');
}

/** Names that every programming language takes; others get a number. */
export function identifiers(names: readonly string[], taken: readonly string[] = []): string[] {
  return names.map((name, index) =>
    /^[A-Za-z_]\w*$/.test(name) && !taken.includes(name) ? name : `input_${index + 1}`,
  );
}
