/** What the figures of a finished run mean, in words. The verdict is the report's; nothing is tested again here. */
import { decidingComparison, type RunReport, type StopReason } from '../../core/report.ts';
import type { Candidate, Metric } from '../../core/types.ts';
import { inChange, pInWords } from '../format.ts';
import type { Attempt } from './run/attempts.ts';
import { stopWords } from './run/words.ts';

export interface Verdict {
  readonly tone: 'gain' | 'noise' | 'loss' | 'plain';
  readonly title: string;
  readonly advice: string;
}

/** The dual-phase method looked at its start and saw that no rewrite could pass any more. */
function couldNotPass({ stopReason, steps }: RunReport): boolean {
  return stopReason === 'converged' && steps === 0;
}

/** Why the start is what comes out: what was in the way where nothing was tested, which is not that nothing helped. */
function keptStart(report: RunReport): Pick<Verdict, 'title' | 'advice'> {
  const { correct, asked } = report.evaluations.startValidation;
  if (couldNotPass(report)) {
    return {
      title: 'Little left to gain: keep the start',
      advice: `The start already gets ${correct} of ${asked} validation examples right. With so few left, no further gain could be told from luck, so nothing was rewritten. More validation examples would tell.`,
    };
  }
  if (report.method === 'start-only')
    return {
      title: 'Measured as it is',
      advice: 'This method changes nothing: it says what the others are to beat.',
    };
  if (report.candidatesTested > 0) {
    return {
      title: 'Nothing helped: keep the start',
      advice: 'No rewrite was clearly better than what the run started with, so that is what you get back.',
    };
  }
  return { title: 'Nothing came to the test: keep the start', advice: inTheWay[report.stopReason] };
}

const inTheWay: Readonly<Record<StopReason, string>> = {
  'steps-done': 'No rewrite was good enough to be tried on the validation examples.',
  converged: 'No rewrite was good enough to be tried on the validation examples.',
  'no-failures':
    'The start gets every training example right, so there was no failure to learn from. Harder training examples would show what it lacks.',
  'no-usable-proposal':
    'The model wrote nothing that could be used as a rewrite. A larger model, or the preset for small ones, may do better.',
  budget:
    'The budget was used up before a rewrite reached the validation examples. With a larger one the search goes on.',
  stopped: 'You stopped it before a rewrite reached the validation examples.',
};

/** Why the run ended, behind “It ended because”. What was kept in the last step leaves it to the look before the next. */
export function endInWords(report: RunReport, attempts: readonly Pick<Attempt, 'state' | 'step'>[]): string {
  const lastStepHelped = attempts.some(({ state, step }) => state === 'kept' && step === report.steps);
  const isAtTheEnd = report.stopReason === 'converged' && (report.steps === 0 || lastStepHelped);
  return isAtTheEnd ? 'no further gain could be told from luck' : stopWords[report.stopReason];
}

export function verdictOf(report: RunReport): Verdict {
  const { split, comparison } = decidingComparison(report);
  if (comparison.verdict === 'same') return { tone: 'plain', ...keptStart(report) };
  if (comparison.verdict === 'worse') {
    return {
      tone: 'loss',
      title: 'Worse: keep the start',
      advice:
        split === 'test'
          ? 'What looked better while searching is worse on examples that were never looked at.'
          : 'What looked better on the way is worse on all validation examples.',
    };
  }
  if (comparison.verdict === 'noise') {
    return {
      tone: 'noise',
      title: 'Within noise',
      advice: `${inChange(comparison.start, comparison.best).points} can be luck with ${comparison.examples} examples. More test examples would tell.`,
    };
  }
  return split === 'test'
    ? {
        tone: 'gain',
        title: 'A real improvement',
        advice: 'Examples that played no part in the search confirm it.',
      }
    : {
        tone: 'noise',
        title: 'Better, but not confirmed',
        advice:
          'There was no look at test examples. Validation examples chose this prompt, so they flatter it: expect a little less.',
      };
}

/** “On 50 test examples, looked at once: fixed 20, broke 4 (exact test p < 0.001).” */
export function comparisonInWords(report: RunReport, isFork = false): string {
  const { split, comparison } = decidingComparison(report);
  const { examples, wins, losses, pValue, verdict } = comparison;
  const looked = isFork ? 'which the run it began from has looked at too' : 'looked at once';
  const where = split === 'test' ? `${examples} test examples, ${looked}` : `${examples} validation examples`;
  if (verdict === 'same') return `On ${where}: start and best are the same prompt.`;
  return `On ${where}: fixed ${wins}, broke ${losses} (exact paired test, two-sided ${pInWords(pValue)}).`;
}

/** That nothing unseen was asked, where the verdict does not say it already; null where it was, or nothing changed. */
export function untestedInWords(report: Pick<RunReport, 'test' | 'validation'>): string | null {
  if (report.test !== null || ['better', 'same'].includes(report.validation.verdict)) return null;
  return 'There was no final test: these are the examples that chose the prompt, and nothing unseen confirms the figures.';
}

/** How validation and test differ, and why that is no surprise; null without a test. */
export function gapInWords(report: RunReport): string | null {
  if (report.test === null || report.test.verdict === 'same') return null;
  const validation = report.evaluations.bestValidation.accuracy;
  const test = report.test.best;
  const flattery = test < validation ? ' Validation examples chose this prompt, so they flatter it.' : '';
  const { from, to, points } = inChange(validation, test);
  if (test === validation) return `Validation said ${from}, as the test does.`;
  return `Validation said ${from}, the test ${to} (${points}).${flattery}`;
}

/** What a score is where nothing was compared with a right answer; null where it was. */
export function scoreInWords({ kind }: Metric): string | null {
  if (kind === 'self-consistency')
    return 'The scores say how far several samples of an answer agree, not whether it is right.';
  return kind === 'judge' ? 'The scores are the verdicts of a model that went by your rubric.' : null;
}

/** What the chances of a lucky choice were. */
export function luckInWords(report: RunReport): string {
  const { candidatesTested: tested, candidatesAccepted: accepted, expectedFalseAccepts: lucky } = report;
  if (tested === 0) return 'No candidate reached the validation examples.';
  const counted = `${tested} ${tested === 1 ? 'candidate' : 'candidates'} reached the validation examples, ${accepted} ${accepted === 1 ? 'was' : 'were'} kept`;
  if (lucky === null) return `${counted}. This rule gives no bound on how many of them by luck.`;
  return `${counted}; expected to be kept by luck alone: at most ${lucky.toFixed(2)}.`;
}

/** What pruning brought; null where it was not asked for or brought nothing. */
export function savingInWords({ tokensSaved = 0 }: RunReport): string | null {
  if (tokensSaved <= 0) return null;
  const tokens = tokensSaved === 1 ? '1 token' : `${tokensSaved} tokens`;
  return `Pruned: ${tokens} shorter than before, with every call.`;
}

/** That worked examples are part of the best prompt; null where they are not, or were in the start already. */
export function examplesInWords({ best, start }: RunReport): string | null {
  const count = workedExamples(best);
  if (count === 0 || workedExamples(start) > 0) return null;
  const examples = count === 1 ? 'a worked example' : `${count} worked examples`;
  return `The best prompt has ${examples} from your training data: whoever gets the prompt gets them too.`;
}

/** As the method writes them: one piece of text, each example with its input on a line of its own. */
function workedExamples({ sentences }: Candidate): number {
  const pieces = sentences.filter(({ kind }) => kind === 'code');
  return pieces.reduce((sum, { content }) => sum + (content.match(/^Input: /gm)?.length ?? 0), 0);
}
