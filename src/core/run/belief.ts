/**
 * Says how far the scores of a run can be believed where they are no comparison with labels: before the run what the
 * judge agrees with, after it what the labels that there are say to the agreement of samples.
 */
import type { CancelToken } from '../cancel.ts';
import type { RunEvent } from '../events.ts';
import { isSolved, ruleOf } from '../evaluate/metrics/index.ts';
import { judgeAgreement } from '../judge/agreement.ts';
import type { Evaluation, Example, Task } from '../types.ts';
import type { Meter } from './meter.ts';
import type { RecordingModel } from './recorder.ts';

function notice(level: 'info' | 'warning', text: string): RunEvent {
  return { type: 'notice', level, text };
}

interface Judging {
  readonly task: Task;
  readonly judge: RecordingModel;
  readonly meter: Meter;
  readonly cancel: CancelToken;
}

/** The judge's calls count as task calls. */
export async function* introduceMetric({
  task,
  judge,
  meter,
  cancel,
}: Judging): AsyncGenerator<RunEvent, void> {
  const { metric } = task;
  if (metric.kind === 'self-consistency') {
    yield notice(
      'warning',
      `Scores are self-consistency: how far ${metric.samples} samples of an answer agree. A prompt that always leads to the same wrong answer scores as well as a right one, so look at some answers yourself.`,
    );
  }
  if (metric.kind !== 'judge') return;
  const counted: Pick<RecordingModel, 'complete'> = {
    async complete(request, token) {
      meter.throwIfSpent();
      const completion = await judge.complete(request, token);
      meter.charge('answer', completion.usage);
      return completion;
    },
  };
  const { trust, advice } = await judgeAgreement(counted, metric.rubric, metric.labelled ?? [], cancel);
  yield notice(trust === 'good' ? 'info' : 'warning', advice);
}

/** Fewer labelled examples say nothing. */
const fewestLabelled = 5;

/** Where all samples agreed and there is a label: how often the agreed answer was right. */
export function* compareWithLabels(
  { metric, choices }: Task,
  examples: readonly Example[],
  { outcomes }: Evaluation,
): Generator<RunEvent, void> {
  if (metric.kind !== 'self-consistency') return;
  const { answers } = metric;
  const rule = ruleOf(answers, choices);
  const targets = new Map(examples.map(({ id, target }) => [id, target]));
  const agreed = outcomes.flatMap(({ correct, extracted, exampleId }) => {
    const target = targets.get(exampleId)?.trim() ?? '';
    return correct && extracted !== null && target !== '' ? [{ extracted, target }] : [];
  });
  if (agreed.length < fewestLabelled) return;
  const right = agreed.filter(({ extracted, target }) =>
    isSolved(answers, rule.grade(extracted, target) ?? 0),
  ).length;
  const text = `With the best prompt all samples agreed on ${agreed.length} labelled validation examples, and the answer was right on ${right} of them.`;
  yield notice(right / agreed.length < 0.8 ? 'warning' : 'info', text);
}
