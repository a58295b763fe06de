/** The parameters of pruning, as a method of its own and as the end of another. */
import { choice, integer, type OptionsOf } from '../options.ts';

const meaning =
  'Sentences to leave out or shorten while the prompt stays as good: a shorter prompt is faster on a small model';

/** At the end of a search, where it has to be asked for. */
export const pruneAtEnd = {
  prune: choice(meaning, 'off', ['off', 'drop', 'drop-or-shorten']),
  pruneTries: integer('Sentences that are tried without, the longest first', 8, 1, 50, {
    unit: 'sentences',
    advanced: true,
  }),
} as const;

export const pruneOptions = {
  prune: choice(meaning, 'drop', ['drop', 'drop-or-shorten']),
  pruneTries: integer('Sentences that are tried without, the longest first', 20, 1, 50, {
    unit: 'sentences',
  }),
} as const;

export const prunePresets = {
  drop: { title: 'Leave out', summary: 'Tries the prompt without each of its sentences.', options: {} },
  shorten: {
    title: 'Leave out or shorten',
    summary: 'A sentence that is needed is asked for in fewer words.',
    options: { prune: 'drop-or-shorten' },
  },
} as const;

export type PruneOptions = OptionsOf<typeof pruneOptions>;
