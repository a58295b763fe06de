/**
 * How an example becomes an outcome: its answer is compared with the target, judged by a model, or compared with
 * other samples of itself. The evaluator knows only how many calls that takes.
 */
import type { CancelToken } from '../cancel.ts';
import { judgeRequest, readVerdict } from '../judge/judge-request.ts';
import type { CompletionRequest, Usage } from '../language-model.ts';
import type { RecordingModel } from '../run/recorder.ts';
import type { Example, Outcome, Task } from '../types.ts';
import { answerRequest } from './answer-request.ts';
import type { CodeScorer, CodeVerdict } from './code-metric.ts';
import { extractAnswer } from './extract-answer.ts';
import { isSolved } from './metrics/index.ts';
import { scoreAnswer } from './score-answer.ts';
import { scoreSamples } from './self-consistency.ts';

/** One completion that was used; `key` says which, so that none is charged twice. */
interface Call {
  readonly key: string;
  readonly usage: Usage;
}

interface Answered {
  readonly outcome: Outcome;
  readonly calls: readonly Call[];
}

export interface Answering {
  /** At most. */
  readonly callsPerExample: number;
  answer(promptText: string, example: Example, cancel: CancelToken): Promise<Answered>;
}

type Ask = (model: RecordingModel, request: CompletionRequest) => Promise<string>;

interface Way {
  readonly callsPerExample: number;
  readonly score: (ask: Ask, promptText: string, example: Example) => Promise<Omit<Outcome, 'exampleId'>>;
}

interface Scorers {
  readonly model: RecordingModel;
  /** Who judges under the metric `judge`. */
  readonly judge: RecordingModel;
  /** Who runs the code of the metric `javascript`. */
  readonly scoreByCode: CodeScorer;
}

export function createAnswering(task: Task, scorers: Scorers): Answering {
  const { callsPerExample, score } = wayOf(task, scorers);
  return {
    callsPerExample,
    async answer(promptText, example, cancel) {
      const calls: Call[] = [];
      const finishes = new Set<string>();
      const ask: Ask = async (asked, request) => {
        const { text, usage, finishReason } = await asked.complete(request, cancel);
        calls.push({ key: asked.keyOf(request), usage });
        finishes.add(finishReason);
        return text;
      };
      const scored = await score(ask, promptText, example);
      const cut = finishes.has('length') && scored.extracted === null ? ({ isCut: true } as const) : {};
      return { outcome: { exampleId: example.id, ...scored, ...cut }, calls };
    },
  };
}

function wayOf(task: Task, { model, judge, scoreByCode }: Scorers): Way {
  const { metric } = task;
  if (metric.kind === 'judge') return judged(task, metric.rubric, model, judge);
  if (metric.kind === 'self-consistency') return sampled(task, metric, model);
  if (metric.kind === 'javascript') return coded(task, metric, model, scoreByCode);
  return compared(task, model);
}

function compared(task: Task, model: RecordingModel): Way {
  const { metric, choices } = task;
  return {
    callsPerExample: 1,
    async score(ask, promptText, example) {
      const output = await ask(model, answerRequest(task, promptText, example));
      const { target, alternatives } = example;
      const accepted = alternatives ? { alternatives } : {};
      return { output, ...scoreAnswer({ output, target, metric, choices, ...accepted }) };
    },
  };
}

/** An empty answer meets no rubric, and a judge need not be asked. */
function judged(task: Task, rubric: string, model: RecordingModel, judge: RecordingModel): Way {
  const unread = { score: 0, correct: false, reason: 'format-fail', extracted: null } as const;
  return {
    callsPerExample: 2,
    async score(ask, promptText, example) {
      const output = await ask(model, answerRequest(task, promptText, example));
      if (output.trim() === '') return { output, ...unread };
      const { input, target } = example;
      const isGood = readVerdict(await ask(judge, judgeRequest(rubric, { input, output, target })));
      if (isGood === null) return { output, ...unread };
      const extracted = output.trim();
      return isGood
        ? { output, score: 1, correct: true, reason: 'correct', extracted }
        : { output, score: 0, correct: false, reason: 'wrong', extracted };
    },
  };
}

/** Warm enough that a model which is unsure gives several answers. */
const samplingTemperature = 0.8;

function sampled(
  task: Task,
  { samples, answers }: Extract<Task['metric'], { kind: 'self-consistency' }>,
  model: RecordingModel,
): Way {
  return {
    callsPerExample: samples,
    async score(ask, promptText, example) {
      const request = answerRequest(task, promptText, example);
      const outputs: string[] = [];
      for (let seed = 1; seed <= samples; seed += 1)
        outputs.push(await ask(model, { ...request, temperature: samplingTemperature, seed }));
      return scoreSamples(outputs, answers, task.choices);
    },
  };
}

type CodeMetric = Extract<Task['metric'], { kind: 'javascript' }>;

function coded(task: Task, metric: CodeMetric, model: RecordingModel, scoreByCode: CodeScorer): Way {
  return {
    callsPerExample: 1,
    async score(ask, promptText, example) {
      const output = await ask(model, answerRequest(task, promptText, example));
      const extracted = extractAnswer(output, metric).answer;
      const { input, target, alternatives = [], fields = {} } = example;
      const asked = {
        code: metric.code,
        output,
        answer: extracted ?? '',
        target,
        alternatives,
        input,
        fields,
      };
      return { output, extracted, ...scoredByCode(metric, await scoreByCode(asked)) };
    },
  };
}

/** Code that fails on one answer says nothing about the others: a score of 0 with the reason. */
export function scoredByCode(
  metric: CodeMetric,
  verdict: CodeVerdict,
): Pick<Outcome, 'score' | 'correct' | 'reason' | 'note'> {
  if ('failure' in verdict)
    return { score: 0, correct: false, reason: 'metric-failed', note: verdict.failure };
  const { score } = verdict;
  if (isSolved(metric, score)) return { score, correct: true, reason: 'correct' };
  return { score, correct: false, reason: score > 0 ? 'partly' : 'wrong' };
}
