/**
 * Token F1 as in the evaluation of SQuAD (Rajpurkar et al. 2016, arXiv 1606.05250, section 6.1, and its script):
 * the harmonic mean of precision and recall over the words that answer and target share.
 */
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';
import { countTokens, harmonicMean } from './tokens.ts';

/** SQuAD's normalization: lower case, no punctuation (also other scripts' here), no articles, single spaces. */
function squadTokens(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, '')
    .replace(/(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu, ' ')
    .split(/\s+/)
    .filter((token) => token !== '');
}

function tokenF1(given: readonly string[], expected: readonly string[]): number {
  if (given.length === 0 || expected.length === 0) return given.length === expected.length ? 1 : 0;
  const counts = countTokens(expected);
  let shared = 0;
  for (const [token, count] of countTokens(given)) shared += Math.min(count, counts.get(token) ?? 0);
  return harmonicMean(shared / given.length, shared / expected.length);
}

export const tokenF1Rule: AnswerRule = {
  from: 'line',
  mayLead: false,
  read: answerText,
  grade: (answer, target) => tokenF1(squadTokens(answer), squadTokens(target)),
};
