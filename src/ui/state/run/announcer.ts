/** Picks what a screen reader is told: the latest thing that matters, and not more often than one can listen to. */
import type { LoggedEvent, RunEvent } from '../../../core/events.ts';
import type { RunView } from './run-view.ts';
import { eventInWords } from './words.ts';

const quietMs = 5000;

const telling: ReadonlySet<RunEvent['type']> = new Set([
  'phase-started',
  'step-started',
  'incumbent-changed',
  'step-finished',
  'notice',
  'run-finished',
]);

export class Announcer {
  #waiting: string | null = null;
  #lastMs = -Infinity;

  /** @returns what is to be said now, or null */
  next(view: RunView, batch: readonly LoggedEvent[], nowMs: number): string | null {
    const latest = batch.findLast(({ event }) => telling.has(event.type));
    if (latest) this.#waiting = eventInWords(view, latest.event);
    const isOver = latest?.event.type === 'run-finished';
    if (this.#waiting === null || (!isOver && nowMs - this.#lastMs < quietMs)) return null;
    const text = this.#waiting;
    this.#waiting = null;
    this.#lastMs = nowMs;
    return text;
  }
}
