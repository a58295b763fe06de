/** What a stored run brought, for lists. */
import { decidingComparison } from '../../core/report.ts';
import type { RunListItem } from '../../workers/protocol.ts';
import { inTenths, tenthsBetween } from '../format.ts';

export interface RunGain {
  /** “41.2 % → 78.0 %”: in tenths throughout, so that a column has one form. */
  readonly figures: string;
  /** “+36.8 points”, “within noise” … */
  readonly words: string;
  readonly tone: 'gain' | 'loss' | 'noise' | 'plain';
}

/** Null while there is no report. */
export function gainOf({ report }: RunListItem): RunGain | null {
  if (report === null) return null;
  const { comparison, split } = decidingComparison(report);
  const { start, best } = comparison;
  const figures = `${inTenths(start)} → ${inTenths(best)}`;
  const points = tenthsBetween(start, best);
  switch (comparison.verdict) {
    case 'better':
      return split === 'test'
        ? { figures, words: points, tone: 'gain' }
        : { figures, words: `${points}, not confirmed`, tone: 'noise' };
    case 'worse':
      return { figures, words: points, tone: 'loss' };
    case 'noise':
      return { figures, words: 'within noise', tone: 'noise' };
    case 'same':
      return { figures: inTenths(start), words: 'start kept', tone: 'plain' };
  }
}
