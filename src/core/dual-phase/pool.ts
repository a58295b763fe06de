/**
 * The prompts that a search may go on from. Usually one, the incumbent; with more, a parent is drawn by how many
 * validation examples it is the best on (GEPA; algorithms.md 3.4), so that what only one of them can is not lost.
 */
import type { Random } from '../random.ts';
import { frontCounts } from '../stats/pareto.ts';
import type { Candidate, Evaluation, ScoredCandidate } from '../types.ts';

/** With more than one, all are known on the whole validation split. */
export interface Member extends ScoredCandidate {
  /** Null in paper mode. */
  readonly train: Evaluation | null;
}

function scoresOf({ validation }: Member): number[] {
  const byId = new Map(validation.outcomes.map(({ exampleId, score }) => [exampleId, score]));
  return [...byId.keys()].sort().map((id) => byId.get(id) ?? 0); // gates ask in different orders
}

export class Pool {
  readonly #size: number;
  readonly #exhausted = new Set<string>();
  #members: readonly Member[] = [];

  /** @param size 1: a new member replaces the last one */
  constructor(size: number) {
    this.#size = size;
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  /** The most accurate on validation, the first of equals; undefined when there is none. */
  get best(): Member | undefined {
    return [...this.#members].sort((a, b) => b.validation.accuracy - a.validation.accuracy)[0];
  }

  /** The least accurate goes when there are too many, never the new one. */
  add(member: Member): void {
    const kept = [...this.#members].sort((a, b) => b.validation.accuracy - a.validation.accuracy);
    this.#members = [...kept.slice(0, this.#size - 1), member];
  }

  /** The person has chosen: nothing else is gone on from. */
  clear(): void {
    this.#members = [];
  }

  /** A whole step on it was in vain. */
  exhaust({ id }: Candidate): void {
    this.#exhausted.add(id);
  }

  get isExhausted(): boolean {
    return this.#open.length === 0;
  }

  edit(change: (candidate: Candidate) => Candidate): void {
    this.#members = this.#members.map((member) => ({ ...member, candidate: change(member.candidate) }));
  }

  get #open(): readonly Member[] {
    return this.#members.filter(({ candidate }) => !this.#exhausted.has(candidate.id));
  }

  /** What to go on from; null when every member is exhausted. */
  pick(random: Random): Member | null {
    const open = this.#open;
    const counts = frontCounts(this.#members.map(scoresOf));
    const weights = open.map((member) => counts[this.#members.indexOf(member)] ?? 0);
    const isAnyInFront = weights.some((weight) => weight > 0);
    return (isAnyInFront ? open[random.weighted(weights)] : open.at(-1)) ?? null;
  }
}
