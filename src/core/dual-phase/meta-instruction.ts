/**
 * Phase 1: the meta-instruction that makes a structured first prompt from a few exemplars,
 * p0 = LLM(I_m, D) of the paper. What it must contain is listed in algorithms.md 1.1; the wording is ours.
 */
import { demand, exemplarBlock } from '../proposals/meta-format.ts';
import type { Example, Task } from '../types.ts';

const system = 'You write clear instructions for a language model.';

const skeleton = [
  '###Task type###',
  '(one sentence: what kind of task this is)',
  '###Task description###',
  '(two to four sentences: what is given, what is asked, which rules hold)',
  '###Output format and constraints###',
  '(one or two sentences: what the answer looks like, and what must not be in it)',
  '###Reasoning process###',
  '(two to four sentences: the steps that lead from input to answer)',
  '###Tips###',
  '(one or two sentences: what an expert would watch for)',
].join('\n');

/** What is said about where the instruction comes from; the paper's framing is `recover`. */
const openings = {
  recover: [
    'An expert was given an instruction and followed it exactly. These are inputs with the right outputs:',
    'The instruction itself is lost. Write it again, so that it holds for any input of this kind',
  ],
  write: [
    'These are inputs of a task with the right outputs:',
    'Write an instruction that leads a language model to the right output for any input of this kind',
  ],
} as const;

const layouts = {
  'five-part': {
    form: 'in five parts:',
    parts: ['', skeleton, ''],
    care: 'Keep the five heading lines as they are and put full sentences below each. ',
  },
  paragraph: { form: 'as one paragraph of full sentences.', parts: [''], care: '' },
} as const;

export interface MetaInstructionOptions {
  readonly metaContent: keyof typeof openings;
  readonly metaForm: keyof typeof layouts;
}

export function metaInstruction(
  task: Task,
  exemplars: readonly Example[],
  { metaContent, metaForm }: MetaInstructionOptions = { metaContent: 'recover', metaForm: 'five-part' },
): { system: string; prompt: string } {
  const about = task.description ? `\nWhat is known about the task: ${task.description}\n` : '';
  const [shown, wanted] = openings[metaContent];
  const { form, parts, care } = layouts[metaForm];
  const prompt = [
    shown,
    '',
    exemplarBlock(exemplars),
    about,
    `${wanted}, ${form}`,
    ...parts,
    `${care}Do not repeat the inputs or outputs above, and do not explain.`,
    demand('Write the complete instruction now.', 'prompt'),
  ].join('\n');
  return { system, prompt };
}
