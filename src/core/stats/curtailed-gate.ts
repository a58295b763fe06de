/**
 * The curtailed exact paired gate (algorithms.md 4.2). It asks the examples that the incumbent gets wrong first and
 * rejects as soon as a pass is out of reach. After those the wins are fixed and every criterion only worsens with
 * each loss, so the early decision is exactly the one of the full evaluation. Accepting early is not offered: the
 * order is informative, and an accepted candidate needs all its outcomes anyway.
 */
import type { GateVerdict } from '../events.ts';
import type { Random } from '../random.ts';
import { gateThresholds, type GateSettings, type GateThresholds } from './gate-rule.ts';
import { isSignificant } from './mcnemar.ts';
import { PairedGate } from './paired-gate.ts';

interface Tally {
  readonly wins: number;
  readonly losses: number;
  /** Incumbent-wrong examples still to be asked. */
  readonly wrongLeft: number;
  readonly isComplete: boolean;
}

function judge(tally: Tally, thresholds: GateThresholds): GateVerdict | null {
  const { wins, losses, wrongLeft } = tally;
  const reachable = wins + wrongLeft;
  if (reachable < thresholds.solved) return 'useless';
  if (reachable < thresholds.gain) return 'no-gain';
  if (reachable < thresholds.wins) return wins > losses ? 'noise' : 'no-gain';
  if (wrongLeft > 0) return null;
  if (wins - losses < thresholds.gain) return 'broke-too-much';
  if (!isSignificant(wins, losses, thresholds.level)) return 'noise';
  return tally.isComplete ? 'accepted' : null;
}

interface PlannedGate {
  /** The order to ask in: indices into the validation set, each once. */
  readonly order: readonly number[];
  readonly gate: PairedGate;
}

/**
 * @param incumbentCorrect which examples the incumbent gets right, in the validation set's order
 * @param random shuffles within the two stages
 */
export function planGate(
  incumbentCorrect: readonly boolean[],
  settings: GateSettings,
  random: Random,
): PlannedGate {
  const indices = [...incumbentCorrect.keys()];
  const wrong = random.shuffle(indices.filter((index) => incumbentCorrect[index] === false));
  const order = [...wrong, ...random.shuffle(indices.filter((index) => incumbentCorrect[index] === true))];
  const planned = order.length;
  const thresholds = gateThresholds(settings, wrong.length, planned);
  const gate = new PairedGate({
    planned,
    needed: thresholds.wins,
    judge: (counts) =>
      judge(
        { ...counts, wrongLeft: wrong.length - counts.wrong, isComplete: counts.asked === planned },
        thresholds,
      ),
  });
  return { order, gate };
}
