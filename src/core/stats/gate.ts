/**
 * The curtailed exact paired gate (algorithms.md 4.2). It asks the examples that the incumbent gets wrong first and
 * rejects as soon as a pass is out of reach. After those the wins are fixed and every criterion only worsens with
 * each loss, so the early decision is exactly the one of the full evaluation. Accepting early is not offered: the
 * order is informative, and an accepted candidate needs all its outcomes anyway.
 */
import type { GateVerdict } from '../events.ts';
import type { Random } from '../random.ts';
import { gateThresholds, type GateSettings, type GateThresholds } from './gate-rule.ts';
import { mcnemarOneSided } from './mcnemar.ts';

export interface Gate {
  /** The order to ask in: indices into the validation set, each once. */
  readonly order: readonly number[];
  readonly planned: number;
  /** The least wins with which it can be passed. */
  readonly needed: number;
  /** Incumbent wrong, candidate right, so far. */
  readonly wins: number;
  /** Incumbent right, candidate wrong, so far. */
  readonly losses: number;
  /** Outcomes observed before the decision, the deciding one included. */
  readonly asked: number;
  /** One-sided exact McNemar of the outcomes so far. */
  readonly pValue: number;
  /** Null while open; decided before the first outcome when the gate cannot be passed at all. */
  readonly verdict: GateVerdict | null;
  /** Takes whether the candidate was right on the next example of `order`. After the decision it changes nothing. */
  observe(isCorrect: boolean): GateVerdict | 'continue';
}

interface Tally {
  readonly wins: number;
  readonly losses: number;
  /** Incumbent-wrong examples still to be asked. */
  readonly wrongLeft: number;
  readonly isComplete: boolean;
}

/** p-values come through logarithms: 4 to 0 is 0.0625 up to the last digits. */
const roundingSlack = 1 + 1e-9;

function judge(tally: Tally, thresholds: GateThresholds): GateVerdict | null {
  const { wins, losses, wrongLeft } = tally;
  const reachable = wins + wrongLeft;
  if (reachable < thresholds.solved) return 'useless';
  if (reachable < thresholds.gain) return 'no-gain';
  if (reachable < thresholds.wins) return wins > losses ? 'noise' : 'no-gain';
  if (wrongLeft > 0) return null;
  if (wins - losses < thresholds.gain) return 'broke-too-much';
  if (mcnemarOneSided(wins, losses) > thresholds.level * roundingSlack) return 'noise';
  return tally.isComplete ? 'accepted' : null;
}

/**
 * @param incumbentCorrect which examples the incumbent gets right, in the validation set's order
 * @param random shuffles within the two stages
 */
export function planGate(incumbentCorrect: readonly boolean[], settings: GateSettings, random: Random): Gate {
  const indices = [...incumbentCorrect.keys()];
  const wrong = random.shuffle(indices.filter((index) => incumbentCorrect[index] === false));
  const order = [...wrong, ...random.shuffle(indices.filter((index) => incumbentCorrect[index] === true))];
  const thresholds = gateThresholds(settings, wrong.length, order.length);
  let wins = 0;
  let losses = 0;
  let asked = 0;
  const decide = (): GateVerdict | null => {
    const wrongLeft = Math.max(0, wrong.length - asked);
    return judge({ wins, losses, wrongLeft, isComplete: asked === order.length }, thresholds);
  };
  let verdict = decide();
  return {
    order,
    planned: order.length,
    needed: thresholds.wins,
    get wins() {
      return wins;
    },
    get losses() {
      return losses;
    },
    get asked() {
      return asked;
    },
    get pValue() {
      return mcnemarOneSided(wins, losses);
    },
    get verdict() {
      return verdict;
    },
    observe(isCorrect) {
      if (verdict !== null) return verdict;
      const wasWrong = asked < wrong.length;
      asked += 1;
      if (wasWrong && isCorrect) wins += 1;
      if (!wasWrong && !isCorrect) losses += 1;
      verdict = decide();
      return verdict ?? 'continue';
    },
  };
}
