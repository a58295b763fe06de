/** How the simulated model words an answer: a little reasoning, then the answer where it was asked for. */
import { pickOf } from './draws.ts';

const reasoning = [
  'Let me go through the input part by part.',
  'I work through this step by step and keep track of what changes.',
  'Taking the parts in the order they are given, I get the following.',
  'First I note what is given, then I work out what is asked.',
] as const;

const endings = [
  'Answer: %',
  'Answer: %',
  'Answer: %',
  'Answer: %.',
  'Final answer: %',
  'So the answer is: %',
] as const;

/** @param key what the wording depends on */
export function wordedAnswer(answer: string, isReasoned: boolean, key: string): string {
  const ending = pickOf(endings, 'ending', key).replace('%', () => answer);
  return isReasoned ? `${pickOf(reasoning, 'reasoning', key)}\n${ending}` : ending;
}

const rambling = [
  'That depends on how the question is read. There are several ways to look at it, and each of them has something to be said for it.',
  'This is an interesting question! Let me think about what is given here. The input mentions a number of things, and they need to be considered together before anything can be concluded.',
  'To solve this, we look at the information in the text and then combine it. Would you like me to go into more detail?',
  'I understand the task. The text describes a situation, and the result follows from looking at it carefully.',
] as const;

/** A reply in which no answer can be found. Free of digits, labels and option letters. */
export function ramblingReply(key: string): string {
  return pickOf(rambling, 'rambling', key);
}

/** Honest about a question that is not part of the task: there is nothing it could know. */
export const unknownQuestion =
  'This simulated model only knows the examples of its task, and this input is none of them.';
