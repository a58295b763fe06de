/** The start that all methods have in common. */
import type { Task } from '../types.ts';

/**
 * What a run starts from when there is no other prompt: says no more than anybody knows before seeing an answer.
 * In the five-part form, so that there are sentences to improve.
 */
export function plainPrompt(task: Task): string {
  return [
    '###Task type###',
    'This is a question with one right answer.',
    '###Task description###',
    task.description?.trim() || 'Read the input and answer what it asks.',
    '###Output format and constraints###',
    'Give only the answer.',
    '###Reasoning process###',
    'Read the whole input before you answer.',
    '###Tips###',
    'Check the answer once more.',
  ].join('\n');
}
