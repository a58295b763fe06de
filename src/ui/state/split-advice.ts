/** What the sizes of the three parts can show, and what they cannot, in words. */
import { fewestWithTest, recommendedSizes, smallestTest } from '../../core/split.ts';
import { fewestWins } from '../../core/stats/gate-rule.ts';
import { sampleSizeAdvice } from '../../core/stats/sample-size.ts';
import type { SplitName } from '../../core/types.ts';
import { inPoints } from '../format.ts';
import { countOf } from '../words.ts';

export interface SplitAdvice {
  readonly tone: 'plain' | 'info' | 'noise' | 'loss';
  readonly title: string | null;
  readonly text: string;
}

interface Parts {
  readonly sizes: Readonly<Record<SplitName, number>>;
  readonly total: number;
  /** The gain that validation has to show and the level of its test; null where the method asks for none. */
  readonly gate: { readonly minGain: number; readonly level: number } | null;
}

/** A run on fewer tells nothing at all: its parts are a handful each. */
const fewestToTell = 15;
/** Above, the final test sees gains as small as most runs bring. */
const comfortableTest = 40;
/** The report's test is two-sided at 0.05. */
const winsToConfirm = fewestWins(0.05 / 2);

export function splitAdvice({ sizes, total, gate }: Parts): SplitAdvice[] {
  const over = sizes.train + sizes.validation + sizes.test - total;
  const basic = total < fewestToTell ? [tooFew(total)] : [];
  if (Object.values(sizes).some((size) => size > total)) return basic; // its field says so
  if (over > 0) {
    const text = `That is ${over} more than the ${total} examples there are. Lower one of the three.`;
    return [...basic, { tone: 'loss', title: null, text }];
  }
  if (basic.length > 0) return basic; // what the parts can show does not matter then
  return [gate && onDeciding(sizes.validation, gate), onTest(sizes.test, total)].filter(
    (advice) => advice !== null,
  );
}

function tooFew(total: number): SplitAdvice {
  if (total < 2)
    return {
      tone: 'loss',
      title: 'Too few examples for a run',
      text: 'It takes at least two: one to learn from and one to decide with.',
    };
  return {
    tone: 'loss',
    title: 'Too few examples to tell anything',
    text: `With ${countOf(total, 'example')}, whatever comes out can be luck, and most likely the run ends with the prompt it began with. Fifty examples are a start, 150 are good.`,
  };
}

function onDeciding(count: number, { minGain, level }: NonNullable<Parts['gate']>): SplitAdvice | null {
  if (minGain <= 0) return null;
  const { verdict, needed, smallestGain } = sampleSizeAdvice(count, minGain, level);
  if (verdict !== 'too-small') return null;
  const what =
    count < fewestWins(level)
      ? 'nothing can be told from luck'
      : `only a gain of at least ${inPoints(smallestGain)} can be told from luck`;
  const text = `With ${countOf(count, 'example')} to decide with, ${what}. For a gain of ${inPoints(minGain)} take ${needed} or more.`;
  return { tone: 'noise', title: null, text };
}

function onTest(count: number, total: number): SplitAdvice | null {
  if (count <= 0) return withoutTest(total);
  if (count >= comfortableTest) return null;
  const least = inPoints(winsToConfirm / count);
  if (count >= smallestTest)
    return {
      tone: 'plain',
      title: null,
      text: `The final test can confirm a gain of ${least} or more. A smaller one will be called “within noise”.`,
    };
  const can =
    count < winsToConfirm
      ? 'nothing can be confirmed: whatever comes out will be called “within noise”'
      : `only a gain of ${least} or more can be confirmed; a smaller one will be called “within noise”`;
  return {
    tone: 'noise',
    title: 'A small final test',
    text: `With ${countOf(count, 'test example')} ${can}. Take ${smallestTest} or more, or none and use them to decide.`,
  };
}

function withoutTest(total: number): SplitAdvice {
  if (recommendedSizes(total).test === 0)
    return { tone: 'info', title: 'No final test', text: noTestInWords(total) };
  return {
    tone: 'noise',
    title: 'No final test',
    text: 'Nothing unseen will confirm what the run finds: the examples that choose the prompt are the ones it is scored with, and they flatter it. The result will say so. Keep some examples for the final test.',
  };
}

/** Why there is no test where the sizes were not chosen by the person. */
export function noTestInWords(total: number): string {
  return `Of ${total} examples too few would be left for a test that tells anything, so all of them serve to learn and to decide. The result will be called “not confirmed”, since the examples that choose a prompt flatter it. From ${fewestWithTest} examples on, some are kept for a test.`;
}
