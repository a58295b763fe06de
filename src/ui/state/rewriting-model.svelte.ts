/** Which model writes the rewrites, as it is being chosen: the one that answers, or one of its own. */
import type { ModelSpec } from '../../models/spec.ts';
import type { RunConfig } from '../../workers/protocol.ts';
import { ModelChoice } from './model-choice.svelte.ts';

type Chosen = Pick<RunConfig, 'optimizerModel' | 'inTurns'>;

export class RewritingModel {
  readonly model = new ModelChoice();
  isOwn = $state(false);
  inTurns = $state(false);

  /** What is missing, as an order to the person; null when nothing is. */
  get problem(): string | null {
    return this.isOwn ? this.model.problem : null;
  }

  /** Null while something is missing. The same model twice is one model. */
  chosen(taskModel: ModelSpec): Chosen | null {
    if (!this.isOwn) return { optimizerModel: null };
    const { spec } = this.model;
    if (spec === null) return null;
    if (JSON.stringify(spec) === JSON.stringify(taskModel)) return { optimizerModel: null };
    const takesRoom = [spec, taskModel].every(({ engine }) => engine === 'webllm' || engine === 'wllama');
    return { optimizerModel: spec, ...(takesRoom && this.inTurns ? { inTurns: true } : {}) };
  }

  follow({ optimizerModel, inTurns = false }: Chosen): void {
    this.isOwn = optimizerModel !== null;
    this.inTurns = inTurns;
    if (optimizerModel) this.model.follow(optimizerModel);
  }
}
