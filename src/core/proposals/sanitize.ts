/**
 * From the reply of a small chat model to the text that was asked for (algorithms.md 5.3). Cleaning only takes away
 * what is not part of the text or restores the form of the original; whether the text is fit for use is decided
 * by the rules in `reject.ts`.
 */
import type { Completion } from '../language-model.ts';
import type { ReplyTag } from './meta-format.ts';
import {
  peelWrapping,
  restoreEnd,
  restoreLabel,
  restoreMarker,
  restorePlaceholders,
} from './original-form.ts';
import { partOf } from './reply-part.ts';

interface SanitizeOptions {
  readonly tag: ReplyTag;
  /** What is being rewritten; left out for something new. */
  readonly original?: string | undefined;
  readonly finishReason: Completion['finishReason'];
}

interface Sanitized {
  /** May be empty. One line for the tag `sentence`. */
  readonly text: string;
  /** The token limit cut it within a sentence. A missing closing tag alone is no sign: it is a stop string. */
  readonly truncated: boolean;
}

type Step = (text: string, options: SanitizeOptions) => string;

/** Reasoning of "thinking" models, also when its beginning is in the template or its end was never reached. */
function dropThinking(text: string): string {
  return text
    .replace(/<(think|thinking|thought|reasoning|reflection)>[\s\S]*?<\/\1>/giu, '')
    .replace(/^[\s\S]*<\/(?:think|thinking|thought|reasoning|reflection)>/iu, '')
    .replace(/<(?:think|thinking|thought|reasoning|reflection)>[\s\S]*$/iu, '');
}

const endOfTurn =
  /<\|(?:im_end|eot_id|end|endoftext|end_of_text|end_of_turn|eom_id)\|>|<\/s>|<end_of_turn>|<eos>/iu;
const specialTokens =
  /<\|[\w-]{1,40}\|>|<\/?s>|<bos>|<pad>|<start_of_turn>(?:model|user)?|\[\/?INST\]|<<\/?SYS>>/giu;

/** What follows an end-of-turn token is another turn that the model made up. */
function dropSpecialTokens(text: string): string {
  const turns = text
    .replace(/^(?:\s*(?:<\|[\w-]{1,40}\|>|<s>|<bos>)(?:assistant\n)?)+/iu, '')
    .split(endOfTurn);
  const turn = turns.find((each) => each.trim() !== '') ?? '';
  return turn.replace(specialTokens, '').replace(/^\s*(?:assistant|model)\s*\n/iu, '');
}

const invisible =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu; // eslint-disable-line no-control-regex
const joiner = /(?<=^|[\p{Script=Latin}\p{P}\s])[\u200C\u200D]/gu;
const lookalikes =
  /[\u00A0\u2000-\u200A\u202F\u3000\uFB00-\uFB06\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]|[\u{1D400}-\u{1D7FF}]/gu;

/** Compatibility forms of letters and spaces only: full NFKC would also turn "m²" into "m2". */
function foldCharacters(text: string): string {
  return text
    .replace(invisible, '')
    .replace(joiner, '')
    .replace(lookalikes, (character) => character.normalize('NFKC'))
    .normalize('NFC');
}

function collapseSpace(text: string, { tag }: SanitizeOptions): string {
  if (tag === 'sentence') return text.replace(/\s+/gu, ' ').trim();
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[ \t]+$/gmu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** "**Count** all" becomes "Count all": emphasis is decoration unless the original has it. */
function dropEmphasis(text: string, { original }: SanitizeOptions): string {
  return original?.includes('**') === true ? text : text.replace(/\*\*([^*\n]+)\*\*/gu, '$1');
}

const lastSteps: readonly Step[] = [
  foldCharacters,
  collapseSpace,
  (text, { original }) => restorePlaceholders(text, original),
];

const sentenceSteps: readonly Step[] = [
  (text, { original }) => peelWrapping(text.trim(), original),
  (text, { original }) => restoreMarker(text, original),
  (text, { original }) => peelWrapping(text, original), // behind the marker
  dropEmphasis,
  ...lastSteps,
  (text, { original }) => restoreLabel(text, original),
  (text, { original }) => restoreEnd(text, original),
];

const longTextSteps: readonly Step[] = [(text, { original }) => peelWrapping(text, original), ...lastSteps];

/** Cleans one reply. Never throws, whatever the reply. */
export function sanitizeReply(reply: string, options: SanitizeOptions): Sanitized {
  const part = partOf(dropSpecialTokens(dropThinking(reply)), options.tag);
  const truncated =
    options.finishReason === 'length' && !part.closed && !/[.!?。！？…]["”'’)*`]*$/u.test(part.text.trim());
  const steps = options.tag === 'sentence' ? sentenceSteps : longTextSteps;
  return { text: steps.reduce((text, step) => step(text, options), part.text), truncated };
}
