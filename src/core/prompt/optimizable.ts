import type { Sentence } from '../types.ts';
import { bracedNames } from './placeholders.ts';

/** "Input: {{input}}" is scaffolding: a short label and a hole. */
const shortLabel = /^\s*[\p{L}\p{N} _*-]{1,30}[:：]/u;

/** Whether a piece says something that could be said better: not structure, not merely a placeholder. */
export function isOptimizable(kind: Sentence['kind'], content: string): boolean {
  if (kind !== 'sentence') return false;
  const words = content.replace(bracedNames, ' ');
  return /\p{L}/u.test(words === content ? words : words.replace(shortLabel, ' '));
}
