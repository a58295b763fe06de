/** Writes several replies together that the engine wrote one by one before: at every step both must agree. */
import { readPrefix } from './batch-decode.ts';
import type { BatchRuntime } from './batch-runtime.ts';
import { likeliest, penalize } from './greedy.ts';
import { commonLength } from './held-tokens.ts';
import type { PrefixReuse } from './prefix-reuse.ts';
import { areClose, ask, messages, type AskableEngine, type Step } from './reuse-check.ts';

/** Of the first replies; more takes longer at every load. */
const steps = 3;
/** Likeliest tokens per step, as many as the engine was asked for. */
const compared = 5;

interface Asked {
  readonly prompt: readonly number[];
  /** What the engine sampled; the batch has to follow it to be compared. */
  readonly reply: readonly number[];
  readonly steps: readonly Step[];
}

/** @returns false when what is written together would begin otherwise, or go on otherwise, than what is written alone */
export async function batchHolds(
  engine: AskableEngine,
  reuse: PrefixReuse,
  runtime: BatchRuntime,
): Promise<boolean> {
  const asked: Asked[] = [];
  for (const message of messages) {
    const taken = await ask(engine, message, steps);
    const reply = runtime.lastReply();
    const prompt = await reuse.peek(() => ask(engine, message, 1));
    if (!prompt) return false;
    asked.push({ prompt, reply, steps: taken });
  }
  try {
    return await agree(asked, reuse, runtime);
  } finally {
    reuse.forget();
  }
}

async function agree(asked: readonly Asked[], reuse: PrefixReuse, runtime: BatchRuntime): Promise<boolean> {
  const [first = [], second = []] = asked.map(({ prompt }) => prompt);
  const shared = first.slice(0, Math.min(commonLength(first, second), first.length - 1, second.length - 1));
  const { length } = await reuse.hold(shared, (tokens) => readPrefix(runtime, tokens));
  for (const index of asked.keys()) runtime.fork(index + 1);
  for (let step = 0; step < steps; step++) {
    const rows = asked.flatMap((one, index) => {
      const tokens = step === 0 ? one.prompt.slice(length) : one.reply.slice(step - 1, step);
      const expected = one.steps[step];
      return expected && tokens.length > 0 ? [{ sequence: index + 1, tokens, one, expected }] : [];
    });
    if (rows.length === 0) return step > 0;
    const logits = await runtime.forward(rows);
    const areAllClose = rows.every(({ one, expected }, row) => {
      const next = stepOf(logits[row] ?? new Float32Array(), one.reply.slice(0, step), runtime);
      return areClose(expected, next);
    });
    if (!areAllClose) return false;
  }
  return true;
}

/** The likeliest tokens as the engine tells them. */
function stepOf(logits: Float32Array, reply: readonly number[], runtime: BatchRuntime): Step {
  const appeared = new Map<number, number>();
  for (const token of reply) appeared.set(token, (appeared.get(token) ?? 0) + 1);
  penalize(logits, appeared, runtime.penalties);
  const highest = logits[likeliest(logits)] ?? 0;
  const total = logits.reduce((sum, value) => sum + Math.exp(value - highest), 0);
  const top = Array.from({ length: compared }, () => {
    const token = likeliest(logits);
    const logprob = (logits[token] ?? 0) - highest - Math.log(total);
    logits[token] = Number.NEGATIVE_INFINITY;
    return { token: runtime.decode([token]), logprob };
  });
  return { token: top[0]?.token ?? '', top_logprobs: top };
}
