/** How far a judging model can be believed: its verdicts beside a person's on the same answers. */
import type { CancelToken } from '../cancel.ts';
import { isAppError } from '../errors.ts';
import type { LanguageModel } from '../language-model.ts';
import type { Interval } from '../report.ts';
import { wilsonInterval } from '../stats/wilson.ts';
import type { JudgedAnswer } from '../types.ts';
import { judgeRequest, readVerdict } from './judge-request.ts';

export interface JudgeAgreement {
  /** Answers on which judge and person say the same; a verdict that cannot be read agrees with nobody. */
  readonly agreed: number;
  readonly of: number;
  /** Of the share that agrees. */
  readonly interval: Interval;
  /** Cohen's kappa: 1 is full agreement, 0 what chance would give; null when the person gave one verdict only. */
  readonly kappa: number | null;
  readonly trust: 'good' | 'some' | 'none';
  /** The above in words, with what to do. */
  readonly advice: string;
}

/** Pairs of verdicts, the person's first. */
type Pair = readonly [boolean, boolean | null];

function kappaOf(pairs: readonly Pair[]): number | null {
  const n = pairs.length;
  const humanYes = pairs.filter(([human]) => human).length / n;
  if (n === 0 || humanYes === 0 || humanYes === 1) return null;
  const judgeYes = pairs.filter(([, judge]) => judge === true).length / n;
  const judgeNo = pairs.filter(([, judge]) => judge === false).length / n;
  const observed = pairs.filter(([human, judge]) => human === judge).length / n;
  const byChance = humanYes * judgeYes + (1 - humanYes) * judgeNo;
  return byChance === 1 ? 0 : (observed - byChance) / (1 - byChance);
}

/** Fewer rows say little even when all agree. */
const fewestRows = 8;

function trustIn(share: number, kappa: number | null, of: number): JudgeAgreement['trust'] {
  if (of === 0 || share < 0.7 || (kappa !== null && kappa < 0.3)) return 'none';
  return share >= 0.85 && kappa !== null && kappa >= 0.6 && of >= fewestRows ? 'good' : 'some';
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function adviceOn({ agreed, of, interval, kappa, trust }: Omit<JudgeAgreement, 'advice'>): string {
  if (of === 0)
    return 'The judge was compared with nobody: judge some answers yourself (ten or more, good and bad ones) before you believe its scores.';
  const measured = `The judge agrees with you on ${agreed} of ${of} answers (95 % interval ${percent(interval.low)} to ${percent(interval.high)})`;
  if (trust === 'none')
    return `${measured}. That is too little to trust its scores: make the rubric more exact, or choose a larger model.`;
  if (kappa === null)
    return `${measured}, but you gave all of them the same verdict: add some of the other kind, a judge that always says yes would do as well.`;
  if (trust === 'some')
    return `${measured}. Its scores are a hint, no measure: look at some answers yourself before you use the result, or judge more of them.`;
  return `${measured}. Its scores can be used; look at some answers yourself all the same.`;
}

export function summarizeAgreement(pairs: readonly Pair[]): JudgeAgreement {
  const of = pairs.length;
  const agreed = pairs.filter(([human, judge]) => human === judge).length;
  const kappa = kappaOf(pairs);
  const trust = trustIn(of === 0 ? 0 : agreed / of, kappa, of);
  const measured = { agreed, of, interval: wilsonInterval(agreed, of), kappa, trust };
  return { ...measured, advice: adviceOn(measured) };
}

/**
 * Asks the judge about answers that a person has judged.
 * @throws AppError a systemic failure of the model; a single answer that is too long counts as not agreed
 */
export async function judgeAgreement(
  model: Pick<LanguageModel, 'complete'>,
  rubric: string,
  labelled: readonly JudgedAnswer[],
  cancel?: CancelToken,
): Promise<JudgeAgreement> {
  const pairs: Pair[] = [];
  for (const answer of labelled) pairs.push([answer.isGood, await verdictOn(model, rubric, answer, cancel)]);
  return summarizeAgreement(pairs);
}

async function verdictOn(
  model: Pick<LanguageModel, 'complete'>,
  rubric: string,
  answer: JudgedAnswer,
  cancel: CancelToken | undefined,
): Promise<boolean | null> {
  try {
    return readVerdict((await model.complete(judgeRequest(rubric, answer), cancel)).text);
  } catch (error) {
    if (isAppError(error, 'context-exceeded')) return null;
    throw error;
  }
}
