/**
 * The rules a cleaned reply must pass before it becomes a candidate (algorithms.md 5.4). The first rule that is broken
 * names the reason, so the order goes from the most telling reason to the least: a copied failure case is also too
 * long, and a refusal is also not in the prompt's words, but neither would help the person.
 */
import { answersTask, asksBack, holdsInjection, metaTalk, refusal, roleMarker } from './rules-talk.ts';
import { markup, repetition, structuredData, tooLong, tooShort } from './rules-form.ts';
import { alreadyTried, formatLost, placeholderInvented, placeholderLost, unchanged } from './rules-prompt.ts';
import { languageProblem } from './language.ts';
import { leakedAnswer, wordsOfOneCase } from './leakage.ts';
import type { RejectionCode, Verdict } from './rejection.ts';
import type { Subject } from './subject.ts';

/** What breaks the rule, in the words of the reply where that tells something; null when nothing does. */
type Rule = (subject: Subject) => string | null;

/**
 * Labels may be words of another language or script; so may what the prompt already has. A first draft has no prompt
 * to agree with: it may be English, which the meta-prompt is in, or what the description and the inputs are in.
 */
function wrongLanguage({ text, reference, original, choices, scope, leakage }: Subject): string | null {
  const labels = choices.join(' ');
  if (scope === 'sentence' || original !== null) return languageProblem(text, `${reference}\n${labels}`);
  const english = languageProblem(
    text,
    `this is what the answer to each of the questions should be\n${labels}`,
  );
  const known = `${reference}\n${leakage.sample}`;
  if (english === null || !/\p{L}/u.test(known)) return english;
  return languageProblem(text, `${known}\n${labels}`) === null ? null : english;
}

const rules: readonly (readonly [RejectionCode, Rule])[] = [
  // There is nothing to judge. A loop comes first: it is why the token limit was reached.
  ['repetition', repetition],
  ['truncated', ({ truncated }) => (truncated ? 'ended at the token limit' : null)],
  ['empty', ({ text }) => (/[\p{L}\p{N}]/u.test(text) ? null : text)],
  // What came in with the data must not get out again, whatever else is wrong.
  ['injection', holdsInjection],
  ['leaks-example', ({ text, allowed, leakage }) => leakage.sharedPassage(text, allowed)],
  // It is no instruction.
  ['refusal', refusal],
  ['role-marker', roleMarker],
  ['structured-data', structuredData],
  ['asks-back', asksBack],
  ['answers-task', answersTask],
  ['meta-talk', metaTalk],
  // It is one, but does not fit here.
  ['placeholder-lost', placeholderLost],
  ['placeholder-invented', placeholderInvented],
  ['markup', markup],
  ['too-short', tooShort],
  ['wrong-language', wrongLanguage],
  ['too-long', tooLong],
  ['format-lost', formatLost],
  // It fits, but was made for the shown cases.
  ['leaks-answer', ({ text, allowed, failures, choices }) => leakedAnswer(text, allowed, failures, choices)],
  [
    'leaks-example',
    ({ text, allowed, failures, leakage }) => wordsOfOneCase(text, allowed, failures, leakage),
  ],
  // It is good, and nothing new.
  ['unchanged', unchanged],
  ['already-tried', alreadyTried],
];

export function judge(subject: Subject): Verdict {
  for (const [code, rule] of rules) {
    const detail = rule(subject);
    if (detail !== null) return { accepted: false, code, ...(detail === '' ? {} : { detail }) };
  }
  return { accepted: true, text: subject.text };
}
