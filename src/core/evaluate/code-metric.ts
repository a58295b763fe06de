/**
 * A metric of the person's own, in JavaScript. The core does not run it: whoever starts a run hands in a scorer that
 * can do so safely. What it says is recorded like a reply, so that a run is replayed with the same scores, also where
 * the code would say something else the second time, or where there is nobody to run it.
 */
import { AppError } from '../errors.ts';
import { hashText } from '../hash.ts';
import type { CompletionStore } from '../run/recorder.ts';

export interface AnswerForCode {
  readonly code: string;
  /** The whole reply. */
  readonly output: string;
  /** The line that was read as the answer; empty when there was none. */
  readonly answer: string;
  readonly target: string;
  readonly alternatives: readonly string[];
  readonly input: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A score in [0, 1], or in words why the code gave none. */
export type CodeVerdict = { readonly score: number } | { readonly failure: string };

/** Failures of the code are verdicts; rejects only when no code can be run at all. */
export type CodeScorer = (asked: AnswerForCode) => Promise<CodeVerdict>;

/** What comes from a sandbox or a file is checked: code could send anything. */
export function checkedVerdict(given: unknown): CodeVerdict {
  if (typeof given !== 'object' || given === null) return { failure: 'The code gave no score.' };
  if ('failure' in given) return { failure: String(given.failure).slice(0, 500) };
  const score = 'score' in given ? given.score : undefined;
  if (typeof score !== 'number') return { failure: 'The code gave no score.' };
  return score >= 0 && score <= 1
    ? { score }
    : { failure: `It gave ${score}. Expected a number from 0 to 1, true or false.` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const noUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, prefillMs: 0, decodeMs: 0 };

/** @param scorer left out where there is none: then only what is recorded is known */
export function withRecordedScores(scorer: CodeScorer | undefined, store: CompletionStore): CodeScorer {
  return async (asked) => {
    const key = hashText(JSON.stringify(['code-metric', asked]));
    const known = await store.get(key);
    if (known?.kind === 'completion') return checkedVerdict(parsed(known.completion.text));
    if (scorer === undefined)
      throw new AppError('unsupported', 'This task is scored by JavaScript, and nothing here can run it.');
    const verdict = checkedVerdict(await scorer(asked));
    const text = JSON.stringify(verdict);
    await store.put(key, { kind: 'completion', completion: { text, finishReason: 'stop', usage: noUsage } });
    return verdict;
  };
}
