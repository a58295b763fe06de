import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutReply, settleReply } from '../../src/core/reply-end.ts';
import { extractAnswer } from '../../src/core/evaluate/extract-answer.ts';

const through = (text: string): string => cutReply(text, { until: 'answer-line' }).text;

describe('a reply that ends with its answer', () => {
  it.each([
    ['Answer: no\nBecause …', 'Answer: no'],
    ['Let me see.\nAnswer: (B)\n\nAnswer: (C)', 'Let me see.\nAnswer: (B)'],
    ['**Answer:** 12\r\nIndeed', '**Answer:** 12'],
    ['**Final answer: 1.5**\nDone', '**Final answer: 1.5**'],
    ['> Answer: yes.\nmore', '> Answer: yes.'],
    ['<think>\nAnswer: no\n</think>\nAnswer: yes\nmore', '<think>\nAnswer: no\n</think>\nAnswer: yes'],
  ])('%j is %j', (text, expected) => {
    expect(through(text)).toBe(expected);
    expect(cutReply(text, { until: 'answer-line' }).isOver).toBe(true);
  });

  it.each([
    'Answer: no',
    'Answer:\nno',
    'Answer: **\nno',
    'Answer: as follows:\nno',
    'The answer: no\nBecause …',
    'My answers: no\n',
    '<think>\nAnswer: no\n',
    '',
  ])('%j goes on', (text) => {
    expect(cutReply(text, { until: 'answer-line' })).toEqual({ text, isOver: false });
  });

  it('is not cut where nobody asked for it', () => {
    expect(through('Answer: no\nmore')).toBe('Answer: no');
    expect(cutReply('Answer: no\nmore', {})).toEqual({ text: 'Answer: no\nmore', isOver: false });
  });
});

describe('stop texts', () => {
  it('end a reply before the first of them', () => {
    const stop = ['\nQ:', '', '\nInput:'];
    expect(cutReply('yes\nInput: x\nQ: y', { stop })).toEqual({ text: 'yes', isOver: true });
    expect(cutReply('yes\nQ', { stop })).toEqual({ text: 'yes\nQ', isOver: false });
  });
});

describe('a choice', () => {
  const constraint = { kind: 'choice', choices: ['not the same', 'not that', 'same'] } as const;

  it('is complete as soon as only one is left', () => {
    expect(settleReply('', { constraint }).isOver).toBe(false);
    expect(settleReply('not th', { constraint }).isOver).toBe(false);
    expect(settleReply('not the', { constraint })).toEqual({ text: 'not the same', isOver: true });
    expect(settleReply('s', { constraint })).toEqual({ text: 'same', isOver: true });
  });

  it('is not made up for a reply that is none', () => {
    expect(settleReply('perhaps', { constraint })).toEqual({ text: 'perhaps', isOver: false });
  });
});

const pieces = fc.constantFrom(
  ...['Answer:', 'answer: ', 'Final answer: ', '**', ' ', 'yes', '(B)', '12', '.', ':', 'because'],
  ...['\n', '\r\n', '\nQ:', '\nInput:', '<think>', '</think>', '> ', '\nAnswer: no\n'],
);
const reply = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));
const limits = { until: 'answer-line', stop: ['\nQ:', '\nQuestion:', '\nInput:'] } as const;

describe('for any reply', () => {
  it('ending it under way or cutting it when it is whole gives the same text', () => {
    fc.assert(
      fc.property(reply, fc.nat(), (text, at) => {
        const underWay = cutReply(text.slice(0, at % (text.length + 1)), limits);
        if (underWay.isOver) expect(cutReply(text, limits).text).toBe(underWay.text);
      }),
      { numRuns: 5000 },
    );
  });

  it('what is cut is cut for good', () => {
    fc.assert(
      fc.property(reply, (text) => {
        const cut = cutReply(text, limits).text;
        expect(cutReply(cut, limits)).toEqual({ text: cut, isOver: false });
      }),
      { numRuns: 3000 },
    );
  });

  it('a stop text changes no answer: reading one stops there too', () => {
    fc.assert(
      fc.property(reply, (text) => {
        const cut = cutReply(text, { stop: limits.stop }).text;
        fc.pre(cut.trim() !== '' && !text.includes('think>'));
        expect(extractAnswer(cut, { kind: 'exact' })).toEqual(extractAnswer(text, { kind: 'exact' }));
      }),
      { numRuns: 3000 },
    );
  });
});
