/**
 * The question for one sentence in other words, given the whole prompt, failure cases and what was tried
 * (algorithms.md 1.2, 5.1). What all rewrites of a step share comes first, so that an engine can reuse its KV cache.
 */
import type { LanguageModel } from '../language-model.ts';
import { joinPrompt } from '../prompt/split.ts';
import type { Unit } from '../prompt/units.ts';
import { demand, demonstrations, failureBlock, shorten } from './meta-format.ts';
import type { FailureCase, Sentence } from '../types.ts';
import { unitWords } from './unit-words.ts';

/** An earlier rewrite of the sentence and the share of the failures it solved; null while it has not been tried. */
export interface TriedRewrite {
  readonly text: string;
  readonly solved: number | null;
}

export interface RewriteParts {
  readonly sentences: readonly Sentence[];
  readonly target: Sentence;
  /** What one rewrite replaces; a sentence when left out. */
  readonly unit?: Unit;
  /** Write a new sentence behind the target instead of another wording of it. */
  readonly isInsertion?: boolean;
  /** What a critique says of the failures; null or left out without one. */
  readonly cause?: string | null;
  readonly failures: readonly FailureCase[];
  /** Right before the last accepted rewrite, wrong since. */
  readonly broken: readonly FailureCase[];
  readonly tried: readonly TriedRewrite[];
  /** What the person wants to be considered. */
  readonly hints: readonly string[];
  /** A change that is asked for in place of free reflection. */
  readonly operator?: string;
}

const system = 'You improve an instruction for a language model, one sentence at a time.';

export function isNumbered({ kind }: Sentence): boolean {
  return kind !== 'blank' && kind !== 'heading';
}

/** Headings stand between the numbered pieces; the first has the number 1. */
export function numbered(sentences: readonly Sentence[]): string {
  let number = 0;
  const lines = sentences.map(({ kind, content }) => {
    if (kind === 'blank') return '';
    if (kind === 'heading') return content;
    number += 1;
    return `[${number}] ${content}`;
  });
  return lines.filter((line) => line !== '').join('\n');
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : ['', title, body];
}

/** What is not known yet must not be told as a failure. */
function howWell(solved: number | null): string {
  return solved === null ? 'just proposed' : `solved ${Math.round(solved * 100)} %`;
}

function triedBlock(tried: readonly TriedRewrite[]): string {
  const worth = ({ solved }: TriedRewrite): number => solved ?? 1;
  const ascending = [...tried].sort((a, b) => worth(a) - worth(b));
  return ascending.map(({ text, solved }) => `- ${shorten(text, 200)} (${howWell(solved)})`).join('\n');
}

/** What to think about before writing. */
function taskOf({ operator, failures }: RewriteParts): string {
  if (operator !== undefined) return operator;
  return failures.length > 0
    ? 'Compare each "Got" with its "Expected": what must the sentence say, so that such inputs are answered rightly?'
    : 'What should the sentence say, so that more inputs are answered rightly?';
}

/** Pieces that are no sentences would not be understood as a list. */
function shownPrompt(sentences: readonly Sentence[], unit: Unit): string[] {
  if (unit === 'sentence') return ['These are the sentences of an instruction:', numbered(sentences)];
  return ['This is an instruction for a language model:', joinPrompt(sentences)];
}

/** What is to be written, and where it will stand. */
function place({ sentences, target, isInsertion, unit = 'sentence' }: RewriteParts): string[] {
  if (!isInsertion) return [`The ${unitWords[unit].name} to rewrite:`, `>> ${target.content}`];
  const number = sentences.filter(isNumbered).findIndex(({ id }) => id === target.id) + 1;
  return [`The sentence to write is a new one. It will stand behind [${number}].`];
}

export function rewriteMetaPrompt(parts: RewriteParts): { system: string; prompt: string } {
  const { sentences, failures, broken, tried, hints, cause = null, unit = 'sentence' } = parts;
  const written = parts.isInsertion ? 'sentence' : unit;
  const { name, form } = unitWords[written];
  const prompt = [
    ...shownPrompt(sentences, unit),
    ...section('A model that follows the instruction still gets these inputs wrong:', failureBlock(failures)),
    ...section('It got these right before the last change, and must again:', failureBlock(broken)),
    ...section('A likely cause:', cause === null ? '' : `- ${shorten(cause)}`),
    ...section('The author of the instruction says:', hints.map((hint) => `- ${shorten(hint)}`).join('\n')),
    '',
    ...place(parts),
    ...section('Earlier proposals; write something different:', triedBlock(tried)),
    '',
    taskOf(parts),
    `${parts.isInsertion ? 'Write' : 'Rewrite'} only this ${name}: ${form}, in the language of the instruction. State a rule that holds for new inputs; do not copy the inputs above and do not name their answers.`,
    `The form of a reply, for another task: <sentence>${demonstrations[written]}</sentence>`,
    demand(`Write the new ${name} now.`, 'sentence'),
  ].join('\n');
  return { system, prompt };
}

/** What is left out first when the window is too small: broken cases, earlier rewrites, then failures one by one. */
function* smaller(parts: RewriteParts): Generator<RewriteParts> {
  yield parts;
  let current: RewriteParts = { ...parts, broken: [] };
  if (parts.broken.length > 0) yield current;
  current = { ...current, tried: [] };
  if (parts.tried.length > 0) yield current;
  for (let count = parts.failures.length - 1; count >= 0; count -= 1) {
    yield { ...current, failures: parts.failures.slice(0, count) };
  }
}

/**
 * The largest meta-prompt that leaves room for the reply in the model's context window.
 * @returns `cut`: the shown cases had to be fewer. The last resort may still be too long: the engine then refuses it.
 */
export async function fitRewrite(
  model: LanguageModel,
  parts: RewriteParts,
  replyTokens: number,
): Promise<{ system: string; prompt: string; cut: boolean }> {
  let asked = rewriteMetaPrompt(parts);
  for (const version of smaller(parts)) {
    asked = rewriteMetaPrompt(version);
    const tokens = await model.countTokens(`${asked.system}\n${asked.prompt}`);
    if (tokens + replyTokens + chatTemplateTokens <= model.contextWindow)
      return { ...asked, cut: version !== parts };
  }
  return { ...asked, cut: true };
}

/** Room for role markers and the like, which `countTokens` does not see. */
const chatTemplateTokens = 64;
