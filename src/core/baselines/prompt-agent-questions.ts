/** What PromptAgent asks the optimizer model: a reflection on errors (or on why all went well), then a new prompt. */
import { joinPrompt } from '../prompt/split.ts';
import { demand, exemplarBlock, failureBlock, shorten } from '../proposals/meta-format.ts';
import type { Candidate, Example, FailureCase } from '../types.ts';
import type { MetaPrompt } from './writer.ts';

/** What happened on a batch: the errors, or without any the examples that were all answered rightly. */
export type Batch =
  | { readonly kind: 'errors'; readonly failures: readonly FailureCase[] }
  | { readonly kind: 'all-right'; readonly examples: readonly Example[] };

const system = 'You improve an instruction for a language model.';

function shownBatch(prompt: Candidate, batch: Batch): string[] {
  return [
    'This is an instruction for a language model:',
    joinPrompt(prompt.sentences),
    '',
    batch.kind === 'errors'
      ? 'A model that follows it gets these inputs wrong:'
      : 'A model that follows it gets all of these inputs right:',
    batch.kind === 'errors' ? failureBlock(batch.failures) : exemplarBlock(batch.examples),
    '',
  ];
}

export function reflectionMetaPrompt(prompt: Candidate, batch: Batch): MetaPrompt {
  const question =
    batch.kind === 'errors'
      ? 'Go through the wrong answers one by one: why did the instruction lead to each? Then sum up in at most two sentences what the instruction must say to avoid them.'
      : 'Why does the instruction work on these inputs, and what could it say more clearly? Sum up in at most two sentences which rules it should state to work on harder ones.';
  return {
    system,
    prompt: [...shownBatch(prompt, batch), question, demand('Write the summary now.', 'reason')].join('\n'),
  };
}

/** `ancestors`: from the root to the prompt's parent. */
export function rewriteMetaPrompt(
  prompt: Candidate,
  batch: Batch,
  reflection: string,
  ancestors: readonly Candidate[],
): MetaPrompt {
  const versions = ancestors.map(({ sentences }) => `- ${oneLine(joinPrompt(sentences))}`);
  const lines = [
    ...(versions.length > 0 ? ['Versions tried before, oldest first:', ...versions, ''] : []),
    ...shownBatch(prompt, batch),
    'What a reviewer says about it:',
    reflection,
    '',
    'Develop the instruction further so that it follows the advice. Keep what is right in it and go beyond the earlier versions. State rules that hold for new inputs; do not copy the inputs above and do not name their answers.',
    demand('Write the complete new instruction now.', 'prompt'),
  ];
  return { system, prompt: lines.join('\n') };
}

const oneLine = (text: string): string => shorten(text.replace(/\s+/g, ' '));
