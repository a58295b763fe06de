/** Hand-made event logs for the tests of the page: short words for what a run tells. */
import type { LoggedEvent, RunEvent, Spent } from '../../src/core/events.ts';
import type { Candidate, Operation, Outcome, Sentence, SplitName } from '../../src/core/types.ts';

export function sentence(id: string, content: string, more: Partial<Sentence> = {}): Sentence {
  return { id, kind: 'sentence', content, suffix: ' ', optimizable: true, ...more };
}

export function heading(id: string, content: string): Sentence {
  return { id, kind: 'heading', content, suffix: '\n', optimizable: false };
}

export function outcome(exampleId: string, correct: boolean, more: Partial<Outcome> = {}): Outcome {
  return {
    exampleId,
    score: correct ? 1 : 0,
    correct,
    reason: correct ? 'correct' : 'wrong',
    extracted: correct ? 'right' : 'off',
    output: correct ? 'The answer is right.' : 'The answer is off.',
    ...more,
  };
}

const nothing: Spent = {
  taskCalls: 0,
  optimizerCalls: 0,
  reused: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  modelMs: 0,
};

/** Collects events and counts what they would have cost: 100 ms, 200 prompt and 10 completion tokens a call. */
export class RunLog {
  readonly events: LoggedEvent[] = [];
  #spent: Spent = nothing;

  get spent(): Spent {
    return this.#spent;
  }

  push(...events: RunEvent[]): this {
    for (const event of events) {
      if (event.type === 'example-scored' || event.type === 'proposing') this.#pay(event);
      this.events.push({ seq: this.events.length, spent: this.#spent, event });
    }
    return this;
  }

  #pay(event: RunEvent): void {
    const reused = event.type === 'example-scored' && event.reused;
    const spent = this.#spent;
    this.#spent = {
      ...spent,
      taskCalls: spent.taskCalls + (event.type === 'example-scored' && !reused ? 1 : 0),
      optimizerCalls: spent.optimizerCalls + (event.type === 'proposing' ? 1 : 0),
      reused: spent.reused + (reused ? 1 : 0),
      promptTokens: spent.promptTokens + (reused ? 0 : 200),
      completionTokens: spent.completionTokens + (reused ? 0 : 10),
      modelMs: spent.modelMs + (reused ? 0 : 100),
    };
  }

  start(sizes: Record<SplitName, number> = { train: 20, validation: 10, test: 10 }): this {
    return this.push({ type: 'run-started', method: 'dual-phase', seed: 7, sizes });
  }

  candidate(
    id: string,
    sentences: readonly Sentence[],
    operation: Operation = 'draft',
    more: { parentId?: string; sentenceId?: string } = {},
  ): this {
    const { parentId = null, sentenceId } = more;
    const candidate: Candidate = {
      id,
      parentId,
      sentences,
      origin: { operation, ...(sentenceId === undefined ? {} : { sentenceId }) },
    };
    return this.push({ type: 'candidate-created', candidate });
  }

  /** `bits`: one character per example, 1 is right. Examples are v0, v1, … on validation. */
  evaluate(candidateId: string, bits: string, split: SplitName = 'validation', planned = bits.length): this {
    this.push({ type: 'evaluation-started', candidateId, split, planned, why: 'to see how good it is' });
    Array.from(bits).forEach((bit, index) => {
      const id = `${split[0] ?? ''}${index}`;
      this.push({
        type: 'example-scored',
        candidateId,
        split,
        outcome: outcome(id, bit === '1'),
        done: index + 1,
        planned,
        reused: false,
      });
    });
    return this.push({ type: 'evaluation-finished', evaluation: summary(candidateId, bits, split, planned) });
  }

  settle(candidateId: string, bits: string): this {
    return this.push({
      type: 'incumbent-changed',
      candidateId,
      evaluation: summary(candidateId, bits, 'validation', bits.length),
    });
  }

  gate(
    candidateId: string,
    gate: 'failures' | 'validation',
    verdict: 'accepted' | 'useless' | 'no-gain' | 'noise' | 'broke-too-much',
    figures: { wins: number; losses?: number; asked?: number; planned: number; pValue?: number },
  ): this {
    const { wins, losses = 0, planned, asked = planned, pValue = null } = figures;
    return this.push({
      type: 'gate-decided',
      candidateId,
      gate,
      verdict,
      wins,
      losses,
      asked,
      planned,
      pValue,
      needed: 2,
    });
  }

  choose(step: number, attempt: number, sentenceId: string, probabilities: Record<string, number>): this {
    return this.push({ type: 'sentence-chosen', step, attempt, sentenceId, probabilities });
  }
}

function summary(candidateId: string, bits: string, split: SplitName, planned: number) {
  const correct = Array.from(bits).filter((bit) => bit === '1').length;
  const accuracy = bits.length === 0 ? 0 : correct / bits.length;
  return { candidateId, split, accuracy, correct, asked: bits.length, planned };
}
