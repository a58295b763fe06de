/**
 * Shows before a run how well a model follows the rewriting question: a few fixed calls on unrelated tasks, each
 * judged by the guard that the run uses. A model that fails here will fail there, at a higher price.
 */
import type { CancelToken } from '../cancel.ts';
import { isAppError, messageOf } from '../errors.ts';
import type { CompletionRequest, LanguageModel } from '../language-model.ts';
import { guardSentence } from './guard.ts';
import { createLeakageIndex } from './leakage.ts';
import { demand, demonstrations } from './meta-format.ts';
import { rewriteOperators } from './operators.ts';
import type { RejectionCode, Verdict } from './rejection.ts';

interface ProbeFailure {
  readonly code: RejectionCode;
  /** What the model replied; untrusted text, empty when the call failed. */
  readonly reply: string;
}

export interface ProbeResult {
  /** Replies that could have been used. */
  readonly followed: number;
  readonly of: number;
  readonly failures: readonly ProbeFailure[];
  /** What to do about it, for the person. */
  readonly advice: string;
}

/** Prompts of two to four sentences; the sentence to rewrite comes second. */
const prompts: readonly (readonly [string, string, ...string[]])[] = [
  ['Name the capital of the given country.', 'Use the English name of the city.', 'Give only the name.'],
  ['Decide whether the message is spam.', 'Look at the sender and the links.', 'Answer yes or no.'],
  [
    'Convert the length to metres.',
    'Round the result to two decimals.',
    'Write the number without the unit.',
  ],
  [
    'Rate how polite the request is.',
    'Judge the wording and not the topic.',
    'Reply with low, medium or high.',
  ],
  [
    'Find the verb of the main clause.',
    'Leave out auxiliary verbs and negations.',
    'Write it in lower case.',
  ],
  [
    'Read the recipe.',
    'List the ingredients in the order in which they are used.',
    'Separate them with commas.',
  ],
  ['You are given two dates.', 'Work out which of them is earlier.', 'Answer with that date only.'],
  ['Translate the dish on the menu.', 'Keep the names of places as they are.', 'Give one translation.'],
];

const noData = createLeakageIndex([]);

function question(sentences: readonly string[], target: string, instruction: string): CompletionRequest {
  const prompt = [
    'These are the sentences of an instruction:',
    ...sentences.map((sentence, index) => `[${index + 1}] ${sentence}`),
    '',
    'The sentence to rewrite:',
    `>> ${target}`,
    '',
    instruction,
    'Rewrite only this sentence: one sentence, at most 40 words, in the language of the instruction.',
    `The form of a reply, for another task: <sentence>${demonstrations.sentence}</sentence>`,
    demand('Write the new sentence now.', 'sentence'),
  ].join('\n');
  const system = 'You improve an instruction for a language model, one sentence at a time.';
  return {
    purpose: 'propose',
    system,
    prompt,
    maxTokens: 120,
    temperature: 0,
    seed: 1,
    stop: ['</sentence>'],
  };
}

interface Judged {
  readonly reply: string;
  readonly verdict: Verdict;
}

async function probeOnce(
  model: LanguageModel,
  index: number,
  cancel: CancelToken | undefined,
): Promise<Judged> {
  const sentences = prompts[index % prompts.length] ?? [];
  const target = sentences[1] ?? '';
  const { instruction } = rewriteOperators[index % rewriteOperators.length] ?? { instruction: '' };
  try {
    const { text, finishReason } = await model.complete(question(sentences, target, instruction), cancel);
    const verdict = guardSentence({
      reply: text,
      finishReason,
      original: target,
      sentences: sentences.map((content) => ({ content, suffix: ' ' })),
      tried: [],
      leakage: noData,
      choices: [],
    });
    return { reply: text, verdict };
  } catch (error) {
    if (!isAppError(error) || error.code === 'cancelled') throw error;
    return { reply: '', verdict: { accepted: false, code: 'call-failed', detail: messageOf(error) } };
  }
}

function advise(followed: number, of: number, failures: readonly ProbeFailure[]): string {
  if (failures.length === of && failures.every(({ code }) => code === 'call-failed')) {
    return 'The model gave no reply at all. Load it again, or choose another model.';
  }
  if (followed >= of - 1) return 'This model follows the question well enough to rewrite sentences.';
  if (followed >= of / 2) {
    return 'Some of its rewrites will be thrown away, so the run takes longer. A larger model may be better.';
  }
  return 'Most of its rewrites will be thrown away. Choose a larger or another optimizer model, or edit sentences by hand: your own are tested in the same way.';
}

/**
 * Asks for eight rewrites, greedily, one after the other.
 * @param watch told after every reply how many are done
 * @throws AppError `cancelled`; a call that fails otherwise counts as not followed
 */
export async function probeModel(
  model: LanguageModel,
  cancel?: CancelToken,
  watch: (done: number, of: number) => void = () => undefined,
): Promise<ProbeResult> {
  const of = prompts.length;
  const failures: ProbeFailure[] = [];
  for (let index = 0; index < of; index += 1) {
    const { reply, verdict } = await probeOnce(model, index, cancel);
    if (!verdict.accepted) failures.push({ code: verdict.code, reply });
    watch(index + 1, of);
  }
  const followed = of - failures.length;
  return { followed, of, failures, advice: advise(followed, of, failures) };
}
