/** Which sentences a prompt might do without. */
import { sectionsOf } from '../prompt/sections.ts';
import { placeholdersOf } from '../prompt/template.ts';
import { statesFormat } from '../proposals/rules-prompt.ts';
import type { Sentence } from '../types.ts';

/**
 * Not headings, not what the person locked, not what places the input or states the answer's form, and not the last
 * sentence below a heading.
 * @param columns names that placeholders in single braces may have
 */
export function droppable(sentences: readonly Sentence[], columns: readonly string[]): Sentence[] {
  return sectionsOf(sentences)
    .filter(({ sentences: body }) => body.length > 1)
    .flatMap(({ sentences: body }) => body)
    .filter(
      ({ optimizable, content }) =>
        optimizable && placeholdersOf(content, columns).length === 0 && !statesFormat(content),
    );
}
