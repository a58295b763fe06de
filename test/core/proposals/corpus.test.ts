import { describe, expect, it } from 'vitest';
import { badReplies } from '../../fixtures/replies/bad.ts';
import type { ContextId } from '../../fixtures/replies/contexts.ts';
import { goodReplies } from '../../fixtures/replies/good.ts';
import { judgeReply } from '../../fixtures/replies/judge-reply.ts';

const good = Object.entries(goodReplies).flatMap(([context, replies]) =>
  replies.map(([reply, text = reply]) => ({ context: context as ContextId, reply, text })),
);

const bad = Object.entries(badReplies).flatMap(([context, replies]) =>
  replies.map(([reply, expected, cut]) => ({ context: context as ContextId, reply, expected, cut })),
);

describe('the corpus of good replies', () => {
  it('holds at least 100 different replies', () => {
    expect(new Set(good.map(({ reply }) => reply)).size).toBeGreaterThanOrEqual(100);
  });

  it.each(good)('$context: $reply', ({ context, reply, text }) => {
    expect(judgeReply(context, reply)).toEqual({ accepted: true, text });
  });
});

describe('the corpus of bad replies', () => {
  it('holds at least 200 different replies and every reason that a reply can give', () => {
    expect(new Set(bad.map(({ context, reply }) => `${context} ${reply}`)).size).toBeGreaterThanOrEqual(200);
  });

  it.each(bad)('$context: $reply', ({ context, reply, expected, cut }) => {
    const verdict = judgeReply(context, reply, cut === 'cut' ? 'length' : 'stop');
    expect(verdict.accepted ? { text: verdict.text } : verdict.code).toEqual(expected);
  });
});
