import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardPrompt, guardSentence } from '../../../src/core/proposals/guard.ts';
import { createLeakageIndex } from '../../../src/core/proposals/leakage.ts';
import { sanitizeReply } from '../../../src/core/proposals/sanitize.ts';
import { badReplies } from '../../fixtures/replies/bad.ts';
import { goodReplies } from '../../fixtures/replies/good.ts';

const original = 'Summarise the text below for {{audience}}.';
const sentences = [
  { content: original, suffix: ' ' },
  { content: 'Text: {{input}}', suffix: '\n' },
  { content: 'Use at most two sentences.', suffix: '' },
];
const common = { tried: [], leakage: createLeakageIndex([{ input: 'some text of the data' }]), choices: [] };

const corpus = [...Object.values(badReplies), ...Object.values(goodReplies)].flatMap((replies) =>
  replies.map(([reply]) => reply),
);
/** Pieces that replies are made of, in any order: closer to real replies than random characters. */
const pieces = fc.constantFrom(
  ...[
    '<sentence>',
    '</sentence>',
    '<think>',
    '</think>',
    '```',
    '{{audience}}',
    '{{input}}',
    '{{',
    '}}',
    '"',
    '**',
  ],
  ...[
    '\n',
    '- ',
    '1. ',
    '>> ',
    'Sure! ',
    'Revised sentence: ',
    'Summarise the text',
    ' for ',
    'readers',
    '.',
    '<b>',
  ],
  ...['\u200b', '{"a": 1}', '<|im_end|>', '[insert]', '<prompt>', '</prompt>', '<', '>', '###'],
);
const reply = fc.oneof(
  fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.tuple(fc.constantFrom(...corpus), fc.constantFrom(...corpus)).map((parts) => parts.join('\n')),
);
const finishReason = fc.constantFrom('stop' as const, 'length' as const);

function judged(text: string, finish: 'stop' | 'length') {
  return guardSentence({ ...common, reply: text, finishReason: finish, original, sentences });
}

describe('whatever a model replies', () => {
  it('an accepted sentence is one line, without tags, with exactly the placeholders of the original', () => {
    fc.assert(
      fc.property(reply, finishReason, (text, finish) => {
        const verdict = judged(text, finish);
        if (!verdict.accepted) return;
        expect(verdict.text).not.toMatch(/[\r\n]|<\/?[a-z][^<>]*>|```|<\|/iu);
        expect(verdict.text.match(/\{\{[^{}]*\}\}/gu)).toEqual(['{{audience}}']);
        expect(verdict.text).toBe(verdict.text.trim());
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    '"',
    'ok, ',
    '(',
    '```',
    '<sentence>',
    '{',
    'Sentence: x\n',
    '- ',
    '1. ',
    '{{',
    '**a',
    'count every ',
    ' ',
    '你好',
  ])('a long loop of %j gets a verdict at once', (piece) => {
    expect(judged(piece.repeat(5000), 'length')).toMatchObject({ accepted: false });
  });

  it('an accepted sentence is accepted again as it is', () => {
    fc.assert(
      fc.property(reply, (text) => {
        const verdict = judged(text, 'stop');
        if (verdict.accepted) expect(judged(verdict.text, 'stop')).toEqual(verdict);
      }),
      { numRuns: 1000 },
    );
  });

  it('the guard of whole prompts gives a verdict, and accepts no placeholder that was not there', () => {
    fc.assert(
      fc.property(
        reply,
        finishReason,
        fc.constantFrom(null, 'Answer {{input}} with one word.'),
        (text, finish, before) => {
          const verdict = guardPrompt({ ...common, reply: text, finishReason: finish, original: before });
          if (!verdict.accepted) return;
          expect(verdict.text.match(/\{\{[^{}]*\}\}/gu)).toEqual(before === null ? null : ['{{input}}']);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a plain sentence comes through cleaning to the letter', () => {
    const plain = fc
      .array(fc.constantFrom('count', 'every', 'object', 'before', 'you', 'answer', 'once', 'twice'), {
        minLength: 3,
        maxLength: 12,
      })
      .map((parts) => `Please ${parts.join(' ')}.`);
    fc.assert(
      fc.property(
        plain,
        fc.constantFrom('', '<sentence>', 'Sure! ', 'Revised sentence: ', '```\n'),
        (text, before) => {
          const cleaned = sanitizeReply(before + text, { tag: 'sentence', finishReason: 'stop' });
          expect(cleaned).toMatchObject({ text, truncated: false });
        },
      ),
    );
  });
});
