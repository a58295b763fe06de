/** What a check is, and the words of its failures. Knows nothing of test frameworks: tests and the page run the same. */
import { isAppError } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Completion, CompletionRequest, LanguageModel } from '../../core/language-model.ts';

export interface Subject {
  readonly model: LanguageModel;
  readonly unload: () => Promise<void>;
  /** Questions this model answers each in another way; general ones when left out. */
  readonly questions?: readonly string[];
  /** Most requests under way at once so far, seen from behind the adapter; missing where nobody can see that. */
  readonly busiest?: () => number;
}

export interface Check {
  readonly id: string;
  /** As a promise: "The same request gives the same text". */
  readonly title: string;
  /** Resolves with the reason when it does not apply to this subject. @throws Error that says what was violated */
  readonly run: (subject: Subject) => Promise<string | undefined>;
}

export function expectThat(condition: boolean, violation: string): asserts condition {
  if (!condition) throw new Error(violation);
}

/** Greedy and small: every engine has to answer it, a model with random weights too. */
export function ask(prompt: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    purpose: 'answer',
    system: 'You answer briefly.',
    prompt,
    maxTokens: 24,
    temperature: 0,
    seed: 1,
    ...more,
  };
}

export async function expectRejection(pending: Promise<Completion>, code: ErrorCode): Promise<void> {
  const outcome = await pending.then(
    ({ text }) => `it answered ${quote(text)}`,
    (thrown: unknown) => (isAppError(thrown, code) ? null : `it failed with: ${String(thrown)}`),
  );
  expectThat(outcome === null, `Expected a rejection with the code "${code}", but ${outcome ?? ''}.`);
}

/** The start of a text, on one line. */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(short);
}
