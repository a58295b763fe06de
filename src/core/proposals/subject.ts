/** A cleaned reply with all that the rules compare it to. */
import type { LeakageIndex } from './leakage.ts';
import type { FailureCase } from '../types.ts';

export interface Subject {
  readonly text: string;
  /** The text without the list marker and the label that it has from the original. */
  readonly body: string;
  readonly truncated: boolean;
  readonly scope: 'sentence' | 'prompt';
  /** What would be replaced; null for something new. */
  readonly original: string | null;
  /** The other sentences of the prompt; empty for a whole prompt. */
  readonly others: readonly string[];
  /** The prompt as it is; shows language and wording, and may be repeated. Empty when there is none. */
  readonly reference: string;
  /** The reference and what the meta-prompt says of the task in general: text that is no secret of the data. */
  readonly allowed: string;
  readonly tried: readonly string[];
  readonly leakage: LeakageIndex;
  /** The cases that the meta-prompt showed. */
  readonly failures: readonly FailureCase[];
  readonly choices: readonly string[];
  /** Words it may have where the scope's own limit is too wide: a phrase, a word. */
  readonly mostWords?: number | undefined;
}

/** The part of a text that a pattern finds; null when it finds none, or when the prompt has the like already. */
export function newMatch(pattern: RegExp, text: string, reference: string): string | null {
  const found = pattern.exec(text);
  return found === null || pattern.test(reference) ? null : found[0].trim();
}
