/**
 * Placeholders in a prompt. `{{input}}` is the example's whole input; any other name is one of its columns.
 * `{input}` works too, when it is a plain identifier that names something known (prompts written for other tools);
 * braces around anything else are text. A backslash before the brace keeps a placeholder as text: `\{{input}}`.
 */
import type { Example } from '../types.ts';

type Fields = Pick<Example, 'input' | 'fields'>;

const anyPlaceholder = /(\\?)(?:\{\{([^{}\r\n]*)\}\}|\{([A-Za-z_]\w*)\})/g;

interface Found {
  /** Null where it was escaped. */
  readonly name: string | null;
  readonly start: number;
  readonly end: number;
  /** The placeholder without its backslash. */
  readonly literal: string;
}

function* findIn(text: string, isKnown: (name: string) => boolean): Generator<Found> {
  for (const match of text.matchAll(anyPlaceholder)) {
    const [whole, backslash = '', double, single = ''] = match;
    const name = (double ?? single).trim();
    if (double === undefined ? !isKnown(name) : name === '') continue;
    yield {
      name: backslash === '' ? name : null,
      start: match.index,
      end: match.index + whole.length,
      literal: whole.slice(backslash.length),
    };
  }
}

/**
 * Names of the placeholders in order of appearance, each once. Names in double braces count whether known or not, so
 * that a missing column can be told.
 * @param known columns that single braces may name; `input` always may
 */
export function placeholdersOf(text: string, known: readonly string[] = []): string[] {
  const names = [...findIn(text, (name) => name === 'input' || known.includes(name))].map(({ name }) => name);
  return [...new Set(names.filter((name) => name !== null))];
}

/** The text with every double-braced placeholder of this name written as `by` says; escaped ones stay. */
export function replacePlaceholders(text: string, name: string, by: (literal: string) => string): string {
  let replaced = '';
  let end = 0;
  for (const found of findIn(text, () => false)) {
    if (found.name !== name) continue;
    replaced += text.slice(end, found.start) + by(found.literal);
    end = found.end;
  }
  return replaced + text.slice(end);
}

function valueOf(name: string, { input, fields }: Fields): string | null {
  if (name === 'input') return input;
  return fields !== undefined && Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

/** The rendered text, and where in it the first value begins; null when no placeholder was filled. */
function fill(text: string, example: Fields): { rendered: string; firstValueAt: number | null } {
  let rendered = '';
  let end = 0;
  let firstValueAt: number | null = null;
  for (const found of findIn(text, (name) => valueOf(name, example) !== null)) {
    rendered += text.slice(end, found.start);
    const value = found.name === null ? null : valueOf(found.name, example);
    if (value !== null) firstValueAt ??= rendered.length;
    rendered += value ?? found.literal;
    end = found.end;
  }
  return { rendered: rendered + text.slice(end), firstValueAt };
}

/**
 * A prompt put to an example. Without a placeholder the prompt is the system text and the input the user's turn. With
 * one, the whole lines before the first value are the system text: they are the same for every example, so an engine
 * keeps their KV cache; `system + prompt` is then the rendered prompt to the letter. Values are not searched for
 * placeholders. A name that the example does not have stays as it is written.
 */
export function renderPrompt(promptText: string, example: Fields): { system: string; prompt: string } {
  const { rendered, firstValueAt } = fill(promptText, example);
  if (firstValueAt === null) return { system: rendered, prompt: example.input };
  const shared = rendered.lastIndexOf('\n', firstValueAt - 1) + 1;
  const cut = firstValueAt === 0 || rendered.slice(0, shared).trim() === '' ? 0 : shared;
  return { system: rendered.slice(0, cut), prompt: rendered.slice(cut) };
}
