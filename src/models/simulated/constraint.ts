/** What a reply is limited to. */
import { AppError } from '../../core/errors.ts';
import type { Constraint } from '../../core/language-model.ts';

/** `root ::= "a" | "b"`: the grammars that are a plain choice. */
const choiceGrammar = /^\s*root\s*::=\s*((?:"[^"\n]*"\s*\|\s*)*"[^"\n]*")\s*$/;

/**
 * The texts a reply may be; null when it is free or one line.
 * @throws AppError `unsupported` for grammars that are more than a choice of texts
 */
export function choicesOf(constraint: Constraint | undefined): readonly string[] | null {
  if (constraint === undefined || constraint.kind === 'line') return null;
  if (constraint.kind === 'choice') return constraint.choices;
  const texts = choiceGrammar.exec(constraint.grammar)?.[1];
  if (texts === undefined) {
    throw new AppError(
      'unsupported',
      'The simulated model follows only grammars that are a choice of texts. Use a real model for this grammar, or none.',
    );
  }
  return [...texts.matchAll(/"([^"\n]*)"/g)].map(([, text = '']) => text);
}

/** A line without what the constraint forbids, of the right length; other replies as they are. */
export function fitLine(text: string, constraint: Constraint | undefined): string {
  if (constraint?.kind !== 'line') return text;
  const line = text
    .replace(/<\/?\w+>/g, '')
    .replace(/[\n`<>]+/g, ' ')
    .trim()
    .slice(0, constraint.max);
  return line.padEnd(constraint.min, '.');
}
