import type { Waiting } from '../waiting.ts';

/** What the page is told of a server: facts of this load, what it does not take, and what is waited for. */
export class ServerNotes {
  readonly #tell: (notes: readonly string[], waiting: Waiting | null) => void;
  #facts: readonly string[] = [];
  #dialect: readonly string[] = [];
  /** By request: several in flight wait at once. */
  readonly #waits = new Map<object, Waiting>();

  constructor(tell: (notes: readonly string[], waiting: Waiting | null) => void) {
    this.#tell = tell;
  }

  get all(): readonly string[] {
    return [...this.#facts, ...this.#dialect];
  }

  setFacts(facts: readonly string[]): void {
    this.#facts = facts;
  }

  setDialect(notes: readonly string[]): void {
    this.#dialect = notes;
    this.#changed();
  }

  /** The way one request tells what it waits for. */
  waiter(): (waiting: Waiting | null) => void {
    const request = {};
    return (waiting) => {
      if (waiting === null && !this.#waits.delete(request)) return;
      if (waiting !== null) this.#waits.set(request, waiting);
      this.#changed();
    };
  }

  #changed(): void {
    this.#tell(this.all, [...this.#waits.values()].at(-1) ?? null);
  }
}
