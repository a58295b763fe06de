/** How a rewrite is asked for, by what it replaces. */
import type { Unit } from '../prompt/units.ts';

interface UnitWords {
  /** "Rewrite only this …". */
  readonly name: string;
  /** What a reply is limited to, said and checked. */
  readonly mostWords: number;
  readonly form: string;
}

export const unitWords: Readonly<Record<Unit, UnitWords>> = {
  sentence: {
    name: 'sentence',
    mostWords: 40,
    form: 'one sentence, at most 40 words',
  },
  phrase: {
    name: 'phrase',
    mostWords: 20,
    form: 'a part of a sentence that fits in the same place, at most 20 words',
  },
  word: {
    name: 'word',
    mostWords: 5,
    form: 'another word or a few words that fit in the same place, at most 5 words',
  },
};
