/** A request's constraint as an EBNF grammar: what WebLLM (XGrammar) and llama.cpp (GBNF) both read and really enforce. */
import type { Constraint } from '../core/language-model.ts';
import { AppError } from '../core/errors.ts';

export function grammarOf(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'choice':
      return choiceGrammar(constraint.choices);
    case 'line':
      return lineGrammar(constraint.min, constraint.max);
    case 'grammar':
      return constraint.grammar;
  }
}

function choiceGrammar(choices: readonly string[]): string {
  if (choices.length === 0 || choices.includes('')) {
    throw new AppError(
      'grammar-invalid',
      'A reply limited to labels needs at least one label, none of them empty.',
    );
  }
  return `root ::= ${choices.map(quote).join(' | ')}`;
}

function lineGrammar(min: number, max: number): string {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max < Math.max(min, 1)) {
    throw new AppError(
      'grammar-invalid',
      `Expected a line's length as 0 ≤ min ≤ max, got ${String(min)} and ${String(max)}.`,
    );
  }
  return `root ::= [^\\n\\r\`<>]{${String(min)},${String(max)}}`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * XGrammar (0.1.27, in WebLLM 0.2.86, and older) spells such a letter "\xfc" to itself and then reads hex digits after it as
 * part of it: "rück" came out with one letter of Tibetan. So a literal ends there, and another goes on.
 */
const misread = /[\u007f-\u00ff](?=[\da-f])/gi;

function quote(text: string): string {
  const escaped = text.replace(/["\\\n\r\t]/g, (character) => escapes[character] ?? character);
  return `"${escaped.replace(misread, (letter) => `${letter}" "`)}"`;
}
