/**
 * How often each acceptance rule is right, on invented outcomes: the incumbent solves 60 % of the population, and a
 * candidate changes a share `change` of the answers, with a true gain of `gain` (algorithms.md 4.2).
 */
import { createRandom, type Random } from '../src/core/random.ts';
import { planGate } from '../src/core/stats/curtailed-gate.ts';
import type { GateSettings } from '../src/core/stats/gate-rule.ts';
import { sequentialGate } from '../src/core/stats/sequential-gate.ts';

interface GateSituation {
  /** Validation examples. */
  readonly n: number;
  readonly change: number;
  readonly gain: number;
}

export interface GateFigures extends GateSituation {
  readonly rule: GateSettings['rule'] | 'sequential';
  /** Share of the trials that accepted the candidate. */
  readonly accepted: number;
  /** Task calls per trial for the candidate, in multiples of n. */
  readonly cost: number;
  /** Examples that the incumbent has to be known on, in multiples of n. */
  readonly known: number;
}

const incumbentAccuracy = 0.6;

type Settings = Omit<GateSettings, 'rule'> & Pick<GateFigures, 'rule'>;

const rules: readonly Settings[] = [
  { rule: 'exact', minGain: 0.1, level: 0.05 },
  { rule: 'sequential', minGain: 0.1, level: 0.05 },
  { rule: 'plain', minGain: 0.1, level: 0.05, minSolved: 0.3 },
];

const situations: readonly GateSituation[] = [20, 50, 80, 100].flatMap((n) =>
  [0.2, 0.3].flatMap((change) => [0, 0.2].map((gain) => ({ n, change, gain }))),
);

interface Trial {
  readonly incumbent: readonly boolean[];
  readonly candidate: readonly boolean[];
}

function drawTrial({ n, change, gain }: GateSituation, random: Random): Trial {
  const winShare = (change + gain) / 2 / (1 - incumbentAccuracy);
  const lossShare = (change - gain) / 2 / incumbentAccuracy;
  const incumbent = Array.from({ length: n }, () => random.next() < incumbentAccuracy);
  const candidate = incumbent.map((isRight) =>
    isRight ? random.next() >= lossShare : random.next() < winShare,
  );
  return { incumbent, candidate };
}

interface Decided {
  readonly isAccepted: boolean;
  readonly asked: number;
  readonly known: number;
}

/** The outcomes are in random order already. */
function decideInTurn({ incumbent, candidate }: Trial, settings: Settings): Decided {
  const gate = sequentialGate(incumbent.length, settings);
  for (const [index, wasRight] of incumbent.entries()) {
    if (gate.observe(wasRight, candidate[index] === true) !== null) break;
  }
  return { isAccepted: gate.verdict === 'accepted', asked: gate.asked, known: gate.asked };
}

function decideTrial(trial: Trial, settings: Settings, random: Random): Decided {
  const { incumbent, candidate } = trial;
  const { rule } = settings;
  if (rule === 'sequential') return decideInTurn(trial, settings);
  const { order, gate } = planGate(incumbent, { ...settings, rule }, random);
  for (const index of order) {
    if (gate.verdict !== null) break;
    gate.observe(incumbent[index] === true, candidate[index] === true);
  }
  return { isAccepted: gate.verdict === 'accepted', asked: gate.asked, known: incumbent.length };
}

function figuresOf(situation: GateSituation, settings: Settings, seed: number, trials: number): GateFigures {
  // All rules see the same trials.
  const random = createRandom(`${seed}/${JSON.stringify(situation)}`);
  let accepted = 0;
  let asked = 0;
  let known = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const decision = decideTrial(drawTrial(situation, random), settings, random.fork('order'));
    accepted += decision.isAccepted ? 1 : 0;
    asked += decision.asked;
    known += decision.known;
  }
  return {
    ...situation,
    rule: settings.rule,
    accepted: accepted / trials,
    cost: asked / trials / situation.n,
    known: known / trials / situation.n,
  };
}

/** For each situation the figures of the two exact gates and of the plain rule, over `trials` trials each. */
export function gateSimulation(seed: number, trials: number): GateFigures[] {
  return situations.flatMap((situation) =>
    rules.map((settings) => figuresOf(situation, settings, seed, trials)),
  );
}
