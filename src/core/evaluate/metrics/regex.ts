import { compilePattern, type Pattern } from '../linear-regex/pattern.ts';
import { escapePattern } from '../normalize-text.ts';
import type { AnswerRule } from './answer-rule.ts';
import { answerText } from './answer-text.ts';

/** Stands for the expected answer, as plain text, in a pattern for all examples. */
const targetPlaceholder = '{{target}}';

/** The pattern of one example. */
export function patternFor(pattern: string | undefined, target: string): string {
  if (pattern === undefined) return target;
  return pattern.replaceAll(targetPlaceholder, () => escapePattern(target));
}

function tryCompile(source: string, ignoreCase: boolean): Pattern | null {
  try {
    return compilePattern(source, ignoreCase);
  } catch {
    return null; // a target that is no pattern; the page has said so before the run
  }
}

/** A pattern is found somewhere in the reply. Matched in linear time, so that no pattern can hold up a run. */
export function regexRule(pattern: string | undefined, ignoreCase: boolean): AnswerRule {
  return {
    from: 'whole',
    mayLead: false,
    read: answerText,
    grade(answer, target) {
      const compiled = tryCompile(patternFor(pattern, target), ignoreCase);
      return compiled && Number(compiled.test(answer));
    },
  };
}
