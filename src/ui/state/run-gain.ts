/** What a stored run brought, for lists. */
import type { RunListItem } from '../../workers/protocol.ts';
import { inChange, inPercent } from '../format.ts';
import { decisive } from './result-words.ts';

export interface RunGain {
  /** “41 % → 78 %” */
  readonly figures: string;
  /** “+37 points”, “within noise” … */
  readonly words: string;
  readonly tone: 'gain' | 'loss' | 'noise' | 'plain';
}

/** Null while there is no report. */
export function gainOf({ report }: RunListItem): RunGain | null {
  if (report === null) return null;
  const { comparison, on } = decisive(report);
  const { from, to, points } = inChange(comparison.start, comparison.best);
  const figures = `${from} → ${to}`;
  switch (comparison.verdict) {
    case 'better':
      return on === 'test'
        ? { figures, words: points, tone: 'gain' }
        : { figures, words: `${points}, not confirmed`, tone: 'noise' };
    case 'worse':
      return { figures, words: points, tone: 'loss' };
    case 'noise':
      return { figures, words: 'within noise', tone: 'noise' };
    case 'same':
      return { figures: inPercent(comparison.start), words: 'start kept', tone: 'plain' };
  }
}
