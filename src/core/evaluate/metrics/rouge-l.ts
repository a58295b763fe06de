/**
 * ROUGE-L (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries", section 3.1): F-measure of the longest
 * common subsequence of words with β = 1, on the whole text as one sentence. Tokens as in Google's rouge-score,
 * letters and digits in lower case, without stemming; other scripts' letters count as well.
 */
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';
import { harmonicMean } from './tokens.ts';

/** Words of a text that are compared; the subsequence costs their product. */
const mostTokens = 2000;

const tokensOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).slice(0, mostTokens);

/** Length of the longest common subsequence, with one row of the table in memory. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  const row = new Uint32Array(b.length + 1);
  for (const token of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0;
      row[j] = token === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1] ?? 0);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

function rougeL(given: readonly string[], expected: readonly string[]): number {
  if (given.length === 0) return 0;
  const common = commonLength(given, expected);
  return harmonicMean(common / given.length, common / expected.length);
}

export const rougeLRule: AnswerRule = {
  from: 'line',
  mayLead: false,
  read: answerText,
  grade(answer, target) {
    const expected = tokensOf(target);
    return expected.length === 0 ? null : rougeL(tokensOf(answer), expected);
  },
};
