/** A model that answers in another way: held, watched, recorded, costed. */
import type { LanguageModel } from './language-model.ts';

/** Field by field: spreading a model that is a class would lose what its prototype has. */
export function decorated(model: LanguageModel, complete: LanguageModel['complete']): LanguageModel {
  return {
    identity: model.identity,
    concurrency: model.concurrency,
    contextWindow: model.contextWindow,
    capabilities: model.capabilities,
    countTokens: (text) => model.countTokens(text),
    complete,
  };
}
