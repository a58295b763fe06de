/** Whether targets are sentences that can be said in other words: no right answer equals them to the letter. */
import type { ComparedMetric } from '../types.ts';
import type { Given } from './infer-labels.ts';
import { usualSolvedFrom } from './solved-from.ts';

const sampleSize = 300;
/** Mean words of sentences, and of texts that are a reply as a whole. */
const sentence = 5;
const text = 20;

const wordsOf = (given: string): string[] => given.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How sentences and texts are compared; null where the targets are neither. */
export function inferProse(given: readonly Given[]): ComparedMetric | null {
  const sample = given.slice(0, sampleSize);
  const words = sample.map(({ target }) => wordsOf(target));
  const all = words.flat();
  const mean = all.length / Math.max(sample.length, 1);
  if (mean < sentence || areSpelled(all) || isNarrow(sample, all) || isCode(sample)) return null;
  if (areRewritten(sample)) return null;
  const kind = mean < text ? 'token-f1' : 'rouge-l';
  return { kind, solvedFrom: usualSolvedFrom[kind] };
}

/** Letters with spaces between them. */
function areSpelled(words: readonly string[]): boolean {
  return words.reduce((sum, word) => sum + word.length, 0) < words.length * 2.5;
}

/** Few words, or few sentences, over and over: names of numbers, fixed forms. */
function isNarrow(sample: readonly Given[], words: readonly string[]): boolean {
  const sentences = new Set(sample.map(({ target }) => target)).size;
  return sentences < sample.length * 0.8 || new Set(words).size < sample.length;
}

function isCode(sample: readonly Given[]): boolean {
  const signs = /[;{}=\\]|^\s*(?:select|def|class|import|function|return)\b/i;
  return sample.filter(({ target }) => signs.test(target)).length * 2 >= sample.length;
}

/** The input in another form, of its length and with most of its words: it has to be right to the letter. */
function areRewritten(sample: readonly Given[]): boolean {
  const rewritten = sample.filter(({ target, input }) => {
    const [after, before] = [wordsOf(target), wordsOf(input ?? '')];
    const kept = new Set(before);
    const shared = after.filter((word) => kept.has(word)).length;
    const ratio = after.length / Math.max(before.length, 1);
    return shared >= after.length * 0.6 && ratio > 0.6 && ratio < 1.7;
  });
  return rewritten.length * 2 >= sample.length;
}
