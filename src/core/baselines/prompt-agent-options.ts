/** Parameters of PromptAgent. Defaults suit a small model in the browser; `official` has those of the repository. */
import { integer, share, type OptionsOf } from '../options.ts';
import { writingOptions } from './writer.ts';

export const promptAgentOptions = {
  iterations: integer('Tree search iterations', 4, 1, 50, { unit: 'iterations' }),
  width: integer('New prompts when a prompt is expanded', 2, 1, 10, { unit: 'prompts' }),
  depth: integer('Edits from the start to a prompt, at most', 3, 1, 20, { unit: 'edits' }),
  minDepth: integer('Edits up to which a path is never cut short', 1, 0, 20, {
    unit: 'edits',
    advanced: true,
  }),
  exploration: share('Weight of exploration in UCT', 2.5, 0, 10, { advanced: true }),
  batch: integer('Training examples in which an expansion looks for errors', 4, 1, 50, { unit: 'examples' }),
  rewardExamples: integer('Validation examples that give a prompt its reward', 24, 1, 500, {
    unit: 'examples',
  }),
  ...writingOptions(1),
} as const;

export type PromptAgentOptions = OptionsOf<typeof promptAgentOptions>;

export const promptAgentPresets = {
  browser: {
    title: 'Browser',
    summary: 'Four iterations, two prompts per expansion, three edits deep.',
    options: {},
  },
  official: {
    title: 'Official',
    summary: 'The repository’s defaults: ten iterations, three prompts per expansion, five edits deep.',
    options: { iterations: 10, width: 3, depth: 5, minDepth: 2, batch: 5, rewardExamples: 50 },
  },
} as const;
