import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../src/core/language-model.ts';
import type { MethodId } from '../../src/core/methods.ts';
import { cutReply } from '../../src/core/reply-end.ts';
import { finish, withoutCounts } from '../fixtures/collect.ts';
import { everyMethod, replyBySeed, smallRun } from '../fixtures/every-method.ts';
import { scriptedModel } from '../fixtures/scripted-model.ts';
import { tinyTask } from '../fixtures/tiny-task.ts';

const task = { ...tinyTask, answer: { ...tinyTask.answer, suffix: 'End with "Answer:" and the label.' } };

/** Talks on after its answer, as small models do, and contradicts itself. */
function chatty(request: CompletionRequest): string {
  const reply = replyBySeed(request);
  if (request.purpose !== 'answer') return reply;
  const other = reply.endsWith('Yes') ? 'No' : 'Yes';
  return `Let me see.\n${reply}\nSo the final answer is ${other}.\nAnswer: ${other}\nQ: And the next item?`;
}

const endingEarly = (request: CompletionRequest): string => cutReply(chatty(request), request).text;

async function logOf(method: MethodId, reply: (request: CompletionRequest) => string): Promise<string> {
  const run = smallRun(method, { task, models: { task: scriptedModel(reply) } });
  return (await finish(run)).events.map(withoutCounts).join('\n');
}

describe.each(everyMethod)('%s', (method) => {
  it('I12: has the same log whether the engine ends replies early or writes them to their end', async () => {
    const [early, whole] = await Promise.all([logOf(method, endingEarly), logOf(method, chatty)]);
    expect(early).toBe(whole);
    expect(early).toContain('Answer: ');
    expect(early).not.toContain('So the final answer');
  });
});
