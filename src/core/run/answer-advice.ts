/** Nothing can be learned where no answer can be read: said as soon as that is clear, with the likely cause. */
import type { RunEvent } from '../events.ts';
import type { Steps } from '../run-context.ts';
import type { Outcome, Task } from '../types.ts';
import { passOn } from './pass-on.ts';

/** So many unread answers in a row from the start are no accident. */
const enough = 8;

function isUnread({ extracted, reason }: Outcome): boolean {
  return reason === 'metric-failed' || reason === 'call-failed' || extracted === null;
}

function mostAre(outcomes: readonly Outcome[], has: (outcome: Outcome) => boolean): Outcome | null {
  const having = outcomes.filter(has);
  return having.length * 2 > outcomes.length ? (having[0] ?? null) : null;
}

function causeInWords(outcomes: readonly Outcome[], { answer }: Task): string {
  const count = outcomes.length;
  const failedMetric = mostAre(outcomes, ({ reason }) => reason === 'metric-failed');
  if (failedMetric)
    return `Your metric failed on the first ${count} answers (${failedMetric.note ?? 'without a reason'}). Nothing can be scored until its code is mended on the Data page.`;
  const failedCall = mostAre(outcomes, ({ reason }) => reason === 'call-failed');
  if (failedCall) return `The first ${count} calls failed: ${failedCall.output}`;
  if (mostAre(outcomes, ({ isCut }) => isCut === true))
    return `None of the first ${count} replies got to an answer: they broke off at the limit of ${answer.maxTokens} tokens. Give an answer more room, or let the model answer without thinking first.`;
  if (mostAre(outcomes, ({ output }) => output.trim() === ''))
    return `The first ${count} replies were empty. Check the model, or choose another one.`;
  return `No answer could be read in the first ${count} replies. Look at one of them under “Failure cases”: does the model answer in the form that is expected?`;
}

/** Watches the events of a search as they pass. */
export class AnswerAdvice {
  readonly #task: Task;
  readonly #unread: Outcome[] = [];
  #isSettled = false;

  constructor(task: Task) {
    this.#task = task;
  }

  /** Whether not one answer could be read so far. */
  get isHopeless(): boolean {
    return this.#unread.length >= enough;
  }

  watch<T>(events: Steps<T>): Steps<T> {
    return passOn(events, (event) => this.#withAdvice(event));
  }

  *#withAdvice(event: RunEvent): Generator<RunEvent, void> {
    yield event;
    const advice = this.#consider(event);
    if (advice !== null) yield { type: 'notice', level: 'warning', text: advice };
  }

  #consider(event: RunEvent): string | null {
    if (this.#isSettled || event.type !== 'example-scored') return null;
    const isUnreadToo = isUnread(event.outcome);
    if (isUnreadToo) this.#unread.push(event.outcome);
    else this.#unread.length = 0;
    this.#isSettled = !isUnreadToo || this.#unread.length >= enough;
    return this.isHopeless ? causeInWords(this.#unread, this.#task) : null;
  }
}
