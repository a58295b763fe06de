/** The prompt as it is laid out on the page: sections under headings, paragraphs, and what is known of each sentence. */
import type { PersonAction } from '../../../core/events.ts';
import type { Sentence } from '../../../core/types.ts';
import type { Attempt } from './attempts.ts';
import type { RunView } from './run-view.ts';

export interface Section {
  /** Unique within the prompt. */
  readonly key: string;
  readonly heading: Sentence | null;
  /** Sentences that stand on one line or in one paragraph. */
  readonly paragraphs: readonly Paragraph[];
}

export interface Paragraph {
  readonly key: string;
  readonly sentences: readonly Sentence[];
}

export function layOut(sentences: readonly Sentence[]): Section[] {
  const sections: {
    key: string;
    heading: Sentence | null;
    paragraphs: { key: string; sentences: Sentence[] }[];
  }[] = [];
  let isOpen = false; // whether the last paragraph goes on
  for (const sentence of sentences) {
    if (sentence.kind === 'heading' || sections.length === 0) {
      sections.push({
        key: sentence.id,
        heading: sentence.kind === 'heading' ? sentence : null,
        paragraphs: [],
      });
      isOpen = false;
      if (sentence.kind === 'heading') continue;
    }
    if (sentence.kind === 'blank' || sentence.content.trim() === '') {
      isOpen = false;
      continue;
    }
    const section = sections.at(-1);
    const paragraph = isOpen ? section?.paragraphs.at(-1) : undefined;
    if (paragraph) paragraph.sentences.push(sentence);
    else section?.paragraphs.push({ key: sentence.id, sentences: [sentence] });
    isOpen = sentence.kind !== 'code' && !sentence.suffix.includes('\n');
  }
  return sections;
}

/** A heading without its markup: "## Task type:" reads "Task type". */
export function headingText(heading: Sentence): string {
  return heading.content.replace(/^[#\s*_]+|[#*_:\s]+$/g, '');
}

/** The prompt on the page: the best so far, or the latest draft before there is one. */
export function shownSentences(view: RunView): readonly Sentence[] {
  const incumbent = view.incumbentId === null ? undefined : view.candidates.get(view.incumbentId);
  const latest = incumbent ?? [...view.candidates.values()].at(-1);
  return latest?.sentences ?? [];
}

export function isLocked(sentence: Sentence, locks: ReadonlyMap<string, boolean>): boolean {
  return locks.get(sentence.id) ?? sentence.locked ?? false;
}

/** What the person asked for and the run has not carried out yet is shown as if it were. */
export function locksWith(
  locks: ReadonlyMap<string, boolean>,
  pending: readonly PersonAction[],
): ReadonlyMap<string, boolean> {
  const shown = new Map(locks);
  for (const action of pending) if (action.kind === 'lock') shown.set(action.sentenceId, action.locked);
  return shown;
}

/** A note in the margin of a sentence: what its present wording brought, and when. */
export interface GainMark {
  readonly gain: number;
  readonly step: number;
  readonly byPerson: boolean;
}

/** Of the sentences whose wording was kept in place of another; a later wording replaces the mark. */
export function gainMarks(attempts: readonly Attempt[]): Map<string, GainMark> {
  const marks = new Map<string, GainMark>();
  for (const { state, gain, step, operation, sentenceIds } of attempts) {
    if (state !== 'kept' || gain === null) continue;
    const own = sentenceIds.at(-1);
    if (own !== undefined) marks.set(own, { gain, step, byPerson: operation === 'edit' });
  }
  return marks;
}

/**
 * How strong the marker is, 0 to 1. An even draw gives a middling one, so that what was learned shows: half the even
 * chance is faint, one and a half times it is nearly full.
 */
export function markerStrength(probability: number | undefined, drawn: number): number {
  if (probability === undefined || drawn === 0) return 0;
  return Math.min(1, Math.max(0.06, 0.42 * (probability * drawn) ** 1.6));
}

/** Behind which piece a sentence comes to lie (null: at the start); undefined where it cannot go that way. */
export interface Moves {
  readonly up: string | null | undefined;
  readonly down: string | undefined;
}

/** One sentence up or down, over headings and blanks into the next section. */
export function movesOf(sentences: readonly Sentence[], id: string): Moves {
  const at = sentences.findIndex((sentence) => sentence.id === id);
  const before = sentences.findLastIndex((sentence, index) => index < at && isMovable(sentence));
  const after =
    at === -1 ? undefined : sentences.find((sentence, index) => index > at && isMovable(sentence));
  return { up: before === -1 ? undefined : (sentences[before - 1]?.id ?? null), down: after?.id };
}

function isMovable({ kind }: Sentence): boolean {
  return kind === 'sentence' || kind === 'code';
}
