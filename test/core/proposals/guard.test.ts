import { describe, expect, it } from 'vitest';
import { guardPrompt, guardSentence } from '../../../src/core/proposals/guard.ts';
import { createLeakageIndex } from '../../../src/core/proposals/leakage.ts';
import { sentenceLibrary } from '../../../src/core/proposals/operators.ts';
import { sanitizeReply } from '../../../src/core/proposals/sanitize.ts';

const leakage = createLeakageIndex([]);
const common = { finishReason: 'stop', tried: [], leakage, choices: [] } as const;

function rewriteOf(original: string, reply: string, others: readonly string[] = []) {
  const sentences = [original, ...others].map((content) => ({ content, suffix: ' ' }));
  return guardSentence({ ...common, reply, original, sentences });
}

describe('a reply at the token limit', () => {
  const clean = (reply: string) =>
    sanitizeReply(reply, { tag: 'sentence', finishReason: 'length' }).truncated;

  it('is cut when it ends within a sentence', () => {
    expect(clean('<sentence>Count every object and')).toBe(true);
  });

  it('is whole when its tag was closed, its sentence ended, or only the talk behind it was cut', () => {
    expect(clean('<sentence>Count every object</sentence> This makes')).toBe(false);
    expect(clean('<sentence>Count every object.')).toBe(false);
    expect(clean('Count every object twice\n\nThis revision makes the')).toBe(false);
  });
});

describe('a cleaned reply', () => {
  it('is the sentence alone', () => {
    const { text } = sanitizeReply('<think>Hm.</think>"Count  all of them."', {
      tag: 'sentence',
      finishReason: 'stop',
    });
    expect(text).toBe('Count all of them.');
  });

  it('keeps superscripts and fractions, and unifies look-alike letters', () => {
    const { text } = sanitizeReply('Give the area in m², not ½ of ｉｔ.', {
      tag: 'sentence',
      finishReason: 'stop',
    });
    expect(text).toBe('Give the area in m², not ½ of it.');
  });
});

describe('the only statement of the output format', () => {
  const original = 'End with the line "Final verdict: X", where X is a letter.';

  it('keeps its exact words', () => {
    expect(rewriteOf(original, 'Write "Final verdict: X" as the last line.')).toMatchObject({
      accepted: true,
    });
    expect(rewriteOf(original, 'End with one line that has only the letter.')).toMatchObject({
      code: 'format-lost',
    });
    expect(rewriteOf(original, 'Think about the letters first.')).toMatchObject({ code: 'format-lost' });
  });

  it('may go when another sentence states the format', () => {
    const other = 'Answer with only one letter.';
    expect(rewriteOf(original, 'Think about the letters first.', [other])).toMatchObject({ accepted: true });
  });
});

describe('lengths', () => {
  it('a sentence may have 60 words, or three times those of the original', () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, at) => `the${at}`).join(' ');
    expect(rewriteOf('Count the objects in the list.', `Count the ${numbers(59)}`)).toMatchObject({
      code: 'too-long',
    });
    expect(rewriteOf(`Count the ${numbers(30)}`, `Sum the ${numbers(80)}`)).toMatchObject({ accepted: true });
  });

  it('a short original may be replaced by two words', () => {
    expect(rewriteOf('Count all objects.', 'Count carefully.')).toMatchObject({ accepted: true });
    expect(rewriteOf('Count all the objects in the list.', 'Count carefully.')).toMatchObject({
      code: 'too-short',
    });
  });
});

describe('tags that the prompt asks the task model for', () => {
  it('may be in the rewrite, others not', () => {
    const original = 'Put the answer between <answer> and </answer>.';
    expect(
      rewriteOf(original, '<sentence>Write only the answer, between <answer> and </answer>.'),
    ).toMatchObject({
      text: 'Write only the answer, between <answer> and </answer>.',
    });
    expect(rewriteOf(original, 'Write only the answer, between <out> and </out>.')).toMatchObject({
      code: 'markup',
    });
  });
});

describe('every sentence of the library', () => {
  it.each(sentenceLibrary)('passes the guard as a new sentence: %s', (sentence) => {
    const sentences = [{ content: 'You are given a list of objects and a question.', suffix: '' }];
    expect(guardSentence({ ...common, reply: sentence, original: null, sentences })).toEqual({
      accepted: true,
      text: sentence,
    });
  });
});

describe('a whole prompt', () => {
  it('may grow to 150 words from a short one, and to one and a half times a long one', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, at) => `Rule ${at} holds for the kind${at} of item${at}.`).join('\n');
    const judge = (original: string, reply: string) => guardPrompt({ ...common, original, reply });
    expect(judge('Sort the items of the list.', lines(18))).toMatchObject({ accepted: true });
    expect(judge('Sort the items of the list.', lines(20))).toMatchObject({ code: 'too-long' });
    expect(judge(lines(40), `${lines(50)}\nSort the items.`)).toMatchObject({ accepted: true });
  });

  it('is news when one of its sentences changed', () => {
    const original =
      'Sort the items of the list. Compare letter by letter. Put one item on each line of the answer.';
    const changed = original.replace('Compare letter by letter.', 'Use the order of a dictionary.');
    expect(guardPrompt({ ...common, original, reply: changed })).toEqual({ accepted: true, text: changed });
    expect(guardPrompt({ ...common, original, reply: original.toUpperCase() })).toMatchObject({
      code: 'unchanged',
    });
  });

  it('in German is accepted as a draft for German inputs', () => {
    const draft = 'Lies die Rechnung und bestimme die Kategorie. Antworte nur mit einem Wort.';
    const germanData = createLeakageIndex([{ input: 'Die Rechnung ist für das Hotel und die Bahn.' }]);
    expect(guardPrompt({ ...common, leakage: germanData, reply: draft })).toMatchObject({ accepted: true });
    expect(guardPrompt({ ...common, reply: draft })).toMatchObject({ code: 'wrong-language' });
  });
});
