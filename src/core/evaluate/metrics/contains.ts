import { escapePattern, normalizeSpaces } from '../normalize-text.ts';
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';

/** The reply says the target somewhere, as whole words. With `all`, every accepted answer has to be said. */
export function containsRule({ ignoreCase = false, all = false }): AnswerRule {
  return {
    from: 'whole',
    mayLead: false,
    needsAll: all,
    read: answerText,
    grade(answer, target) {
      const words = escapePattern(normalizeSpaces(target));
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, ignoreCase ? 'iu' : 'u');
      return pattern.test(normalizeSpaces(answer)) ? 1 : 0;
    },
  };
}
