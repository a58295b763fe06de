/** What a service works on right now, told to whoever watches. */
type Listener = (id: string | null) => void;

export class Activity {
  readonly #listeners = new Set<Listener>();
  #working: string | null = null;

  /** Says now and at every change what is worked on; null also while it is paused. */
  watch(onChange: Listener): void {
    this.#listeners.add(onChange);
    onChange(this.#working);
  }

  tell(id: string | null): void {
    if (id === this.#working) return;
    this.#working = id;
    for (const listener of this.#listeners) listener(id);
  }
}

/** Two services of which only one works at a time, told as one. */
export function watchEither(first: Activity, second: Activity, onChange: Listener): void {
  const working: [string | null, string | null] = [null, null];
  const tell = (which: 0 | 1, id: string | null): void => {
    working[which] = id;
    onChange(working[0] ?? working[1]);
  };
  first.watch((id) => tell(0, id));
  second.watch((id) => tell(1, id));
}
