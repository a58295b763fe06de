/**
 * H_f in effect (Eq. 7). A prompt that gets most examples wrong may miss several rules at once: no single sentence can
 * then solve 30 % of its failures, though it would bring the gain that validation asks for. So where the paired gate
 * decides, the failures never ask for a larger share than that gain is of the failures on validation.
 */
import { gateThresholds } from '../stats/gate-rule.ts';
import { gateSettings } from './accept.ts';
import type { Search } from './search.ts';

/** Failures, of so many, that a rewrite must solve to reach validation; at least 1. */
export function solvedNeeded({ options, validation, order }: Search, failures: number): number {
  const asked = validation.outcomes.length;
  const missed = validation.outcomes.filter(({ correct }) => !correct).length;
  const wrong = asked === 0 ? 0 : Math.round((missed / asked) * order.length); // all of them where all were asked
  const { wins } = gateThresholds(gateSettings(options), wrong, order.length);
  const isPublished = options.gate === 'plain' || wrong === 0;
  const share = isPublished ? options.failureShare : Math.min(options.failureShare, wins / wrong);
  return Math.max(1, Math.ceil(share * failures - 1e-9));
}
