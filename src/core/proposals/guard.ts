/**
 * The one entry for replies of the optimizer model: nothing becomes a candidate without passing here. Cleaned by
 * `sanitize.ts`, judged by `reject.ts`. Whatever the reply, the guard answers with a verdict and never throws.
 */
import type { Completion } from '../language-model.ts';
import type { FailureCase, Sentence } from '../types.ts';
import type { LeakageIndex } from './leakage.ts';
import { bodyOf } from './original-form.ts';
import { judge } from './reject.ts';
import type { Verdict } from './rejection.ts';
import { sanitizeReply } from './sanitize.ts';

interface Guarded {
  readonly reply: string;
  readonly finishReason: Completion['finishReason'];
  /** Texts that were proposed at this place before, accepted by the guard or not. */
  readonly tried: readonly string[];
  /** Over the train and validation examples. */
  readonly leakage: LeakageIndex;
  /** The cases that the meta-prompt showed. */
  readonly shownFailures?: readonly FailureCase[];
  /** The labels an answer may be; empty when answers are open. */
  readonly choices: readonly string[];
}

interface GuardedSentence extends Guarded {
  /** Content of the sentence that is rewritten; null for a new sentence. */
  readonly original: string | null;
  /** The prompt as it is, with the original in it. */
  readonly sentences: readonly Pick<Sentence, 'content' | 'suffix'>[];
  /** Words it may have; the limit of a sentence when left out. */
  readonly mostWords?: number;
}

interface GuardedPrompt extends Guarded {
  /** The prompt that is rewritten; left out for a first draft. */
  readonly original?: string | null;
  /** What was said of the task in the meta-prompt: may be repeated, and shows the language of a draft. */
  readonly description?: string;
}

/** Judges a reply that is to replace one sentence, or to be inserted as one. The accepted text is one line. */
export function guardSentence(guarded: GuardedSentence): Verdict {
  const { reply, finishReason, original, sentences, tried, leakage, choices } = guarded;
  const cleaned = sanitizeReply(reply, { tag: 'sentence', original: original ?? undefined, finishReason });
  const at = sentences.findIndex(({ content }) => content === original);
  const reference = sentences.map(({ content, suffix }) => content + suffix).join('');
  return judge({
    text: cleaned.text,
    body: bodyOf(cleaned.text, original),
    truncated: cleaned.truncated,
    scope: 'sentence',
    original,
    others: sentences.filter((_, index) => index !== at).map(({ content }) => content),
    reference,
    allowed: reference,
    mostWords: guarded.mostWords,
    tried,
    leakage,
    failures: guarded.shownFailures ?? [],
    choices,
  });
}

/** Judges a reply that is to be a whole prompt. Few-shot exemplars are a separate part and do not belong in it. */
export function guardPrompt(guarded: GuardedPrompt): Verdict {
  const { reply, finishReason, tried, leakage, choices, description = '' } = guarded;
  const original = guarded.original ?? null;
  const cleaned = sanitizeReply(reply, { tag: 'prompt', original: original ?? undefined, finishReason });
  return judge({
    text: cleaned.text,
    body: cleaned.text,
    truncated: cleaned.truncated,
    scope: 'prompt',
    original,
    others: [],
    reference: original ?? description,
    allowed: `${original ?? ''}\n${description}`,
    tried,
    leakage,
    failures: guarded.shownFailures ?? [],
    choices,
  });
}
