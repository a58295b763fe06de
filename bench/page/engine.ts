/**
 * The CPU engine for real, with the generated test model: reading every prompt from its start against keeping the
 * beginning that it shares with the one before. Both ask the same engine, alternating, and must answer alike.
 */
import type { CompletionRequest, LanguageModel, Usage } from '../../src/core/language-model.ts';
import { startSession, type Session } from '../../src/models/wllama/session.ts';
import { WllamaModel } from '../../src/models/wllama/wllama-model.ts';
import { tinyGguf } from '../../test/fixtures/gguf/tiny-gguf.ts';

export interface ReuseRound {
  readonly naiveMs: number;
  readonly ms: number;
  /** What the engine says it worked in `ms`; the rest is the way to its worker and back. */
  readonly engineMs: number;
  readonly isSame: boolean;
  /** Tokens of a prompt, the instruction among them. */
  readonly promptTokens: number;
  /** Those that need not be read again. */
  readonly prefixTokens: number;
}

const identity = { engine: 'wllama', model: 'tiny' } as const;
const inputs = 40;
const nothing: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, prefillMs: 0, decodeMs: 0 };

const sentence = 'Read the question with care, think about every step, and say the answer in one word. ';

/** Another beginning in every round, so that each starts with nothing to reuse. */
function instruction(round: number, sentences: number): string {
  return `Round ${round}. ${sentence.repeat(sentences)}`;
}

function request(system: string, input: number): CompletionRequest {
  const prompt = `Is ${input} an even or an odd number?`;
  return { purpose: 'answer', system, prompt, maxTokens: 4, temperature: 0, seed: 0 };
}

function modelOn(session: Session, keepsPrefix: boolean): LanguageModel {
  const { contextWindow } = session;
  const chat: Session['chat'] = (asked, ...rest) =>
    session.chat({ ...asked, cache_prompt: keepsPrefix }, ...rest);
  return new WllamaModel(
    { chat, note: () => undefined, end: () => session.end() },
    { identity, contextWindow },
  );
}

interface Asked {
  readonly texts: string;
  readonly ms: number;
  readonly engineMs: number;
  readonly last: Usage;
}

async function askAll(model: LanguageModel, system: string): Promise<Asked> {
  const texts: string[] = [];
  let last: Usage = nothing;
  let engineMs = 0;
  const start = performance.now();
  for (let input = 1; input <= inputs; input += 1) {
    const { text, usage } = await model.complete(request(system, input));
    texts.push(text);
    last = usage;
    engineMs += usage.prefillMs + usage.decodeMs;
  }
  return { texts: JSON.stringify(texts), ms: performance.now() - start, engineMs, last };
}

export async function measureReuse(rounds: number): Promise<ReuseRound[]> {
  const session = await startSession([new Blob([tinyGguf({ seed: 2 })])], {
    threads: 1,
    contextWindow: 1024,
  });
  const [ours, naive] = [modelOn(session, true), modelOn(session, false)];
  const measured: ReuseRound[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const system = instruction(round, 9);
    const reused = await askAll(ours, system);
    const plain = await askAll(naive, system);
    const { promptTokens, cachedTokens: prefixTokens } = reused.last;
    const isSame = reused.texts === plain.texts;
    const { ms, engineMs } = reused;
    measured.push({ naiveMs: plain.ms, ms, engineMs, isSame, promptTokens, prefixTokens });
  }
  await session.end();
  return measured.slice(1); // the first round also compiles
}
