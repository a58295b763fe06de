/**
 * How long recorded model time takes here: several calls may be under way at once, a simulated model answers faster
 * than it claims, and replayed calls take no time at all.
 */
export class Pace {
  #from: { readonly wallMs: number; readonly modelMs: number } | null = null;
  #wallPerModel: number | null = null;

  observe(wallMs: number, modelMs: number): void {
    this.#from ??= { wallMs, modelMs };
    const wall = wallMs - this.#from.wallMs;
    const model = modelMs - this.#from.modelMs;
    // Under two seconds the start-up weighs too much to say anything.
    if (wall >= 2000 && model > 0) this.#wallPerModel = wall / model;
  }

  /** After a pause or a replay, what came before says nothing. */
  reset(): void {
    this.#from = null;
  }

  /** Null until there was time to measure. */
  wallMs(modelMs: number): number | null {
    return this.#wallPerModel === null ? null : this.#wallPerModel * modelMs;
  }
}
