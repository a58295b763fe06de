/** Builds the `RunContext` an optimizer works with: evaluation, proposals, candidates, the person's actions. */
import type { CancelToken } from '../cancel.ts';
import type { PersonAction } from '../events.ts';
import { createAnswering } from '../evaluate/answering.ts';
import type { CodeScorer } from '../evaluate/code-metric.ts';
import { Evaluator, summarize, type Scheduling } from '../evaluate/evaluator.ts';
import type { Random } from '../random.ts';
import type { RunContext } from '../run-context.ts';
import type { Candidate, Evaluation, ScoredCandidate, Splits, Task } from '../types.ts';
import type { Meter } from './meter.ts';
import type { RecordingModel } from './recorder.ts';

/** The person's part in a run. Implementations record what they return, so that a replay returns the same. */
export interface PersonPort {
  /** Whether `approve` waits for a person. */
  readonly asksApproval: boolean;
  /** Actions recorded for this checkpoint, or those waiting now. */
  take(checkpoint: number): Promise<readonly PersonAction[]>;
  /** Whether to keep the candidate; waits for the person. */
  approve(candidateId: string): Promise<boolean>;
}

/** Nobody is there: no actions, everything approved. */
export const nobody: PersonPort = {
  asksApproval: false,
  take: () => Promise.resolve([]),
  approve: () => Promise.resolve(true),
};

export interface ContextParts {
  readonly task: Task;
  readonly splits: Splits;
  readonly random: Random;
  readonly cancel: CancelToken;
  readonly models: { readonly task: RecordingModel; readonly optimizer: RecordingModel };
  readonly userPrompt: string | null;
  readonly person: PersonPort;
  readonly meter: Meter;
  readonly scoreByCode: CodeScorer;
  readonly scheduling: Scheduling;
}

export interface RunState {
  /** First candidate that was settled: what the report compares with, until the method says otherwise. */
  first: ScoredCandidate | null;
  /** The best so far; what a stop or a spent budget returns. */
  incumbent: ScoredCandidate | null;
}

function amended(settled: ScoredCandidate | null, validation: Evaluation): ScoredCandidate | null {
  return settled?.candidate.id === validation.candidateId ? { ...settled, validation } : settled;
}

export function createContext(parts: ContextParts, state: RunState): RunContext {
  const { task, models, meter, cancel, person, scheduling } = parts;
  const { scoreByCode } = parts;
  const answering = createAnswering(task, { model: models.task, judge: models.optimizer, scoreByCode });
  const { concurrency } = models.task;
  const evaluator = new Evaluator({ answering, concurrency, meter, cancel, scheduling });
  const candidates = new Map<string, Candidate>();
  let checkpoints = 0;

  return {
    task,
    splits: parts.splits,
    random: parts.random,
    cancel,
    models,
    userPrompt: parts.userPrompt,

    async propose(request) {
      cancel.throwIfCancelled();
      meter.throwIfSpent();
      const completion = await models.optimizer.complete({ ...request, purpose: 'propose' }, cancel);
      meter.charge('propose', completion.usage);
      return completion;
    },

    evaluate: (candidate, examples, split, options) =>
      evaluator.evaluate(candidate, examples, split, options),

    *create(sentences, parentId, origin) {
      const candidate: Candidate = { id: `c${candidates.size}`, parentId, sentences, origin };
      candidates.set(candidate.id, candidate);
      yield { type: 'candidate-created', candidate };
      return candidate;
    },

    candidate: (id) => candidates.get(id),

    *settle(candidate, evaluation) {
      state.incumbent = { candidate, validation: evaluation };
      state.first ??= state.incumbent;
      yield { type: 'incumbent-changed', candidateId: candidate.id, evaluation: summarize(evaluation) };
    },

    *extend(validation) {
      state.first = amended(state.first, validation);
      state.incumbent = amended(state.incumbent, validation);
      yield { type: 'evaluation-extended', evaluation: summarize(validation) };
    },

    async *checkpoint() {
      const checkpoint = checkpoints;
      checkpoints += 1;
      const actions = await person.take(checkpoint);
      for (const action of actions) yield { type: 'person-acted', checkpoint, action };
      return actions;
    },

    asksApproval: person.asksApproval,
    approve: (candidate) => person.approve(candidate.id),
  };
}
