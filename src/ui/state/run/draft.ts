/** A view being rewritten within one batch: lists and maps are copied once, when first touched, and then grown in place. */
import type { RunView } from './run-view.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Draft {
  readonly #view: Mutable<RunView>;
  /** Copies made in this batch: no one else has seen them yet. */
  readonly #own = new WeakSet();

  constructor(view: RunView) {
    this.#view = { ...view };
  }

  get view(): RunView {
    return this.#view;
  }

  set(change: Partial<RunView>): void {
    Object.assign(this.#view, change);
  }

  append<T>(list: readonly T[], item: T): readonly T[] {
    const own = this.#ownList(list);
    own.push(item);
    return own;
  }

  replace<T>(list: readonly T[], index: number, item: T): readonly T[] {
    const own = this.#ownList(list);
    own[index] = item;
    return own;
  }

  put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
    const own = this.#owns(map) ? map : new Map(map);
    this.#own.add(own);
    (own as Map<K, V>).set(key, value);
    return own;
  }

  #ownList<T>(list: readonly T[]): T[] {
    const own = this.#owns(list) ? list : [...list];
    this.#own.add(own);
    return own as T[];
  }

  #owns(value: object): boolean {
    return this.#own.has(value);
  }
}
