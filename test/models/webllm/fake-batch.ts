/**
 * Plays WebLLM's runtime and its KV cache, with characters as tokens. What comes next depends on all that a sequence holds,
 * so that a mix-up of sequences changes the replies. Answers end at "." by themselves.
 */
import type { BatchRuntime, SequenceTokens } from '../../../src/models/webllm/batch-runtime.ts';
import { HeldTokens } from '../../../src/models/webllm/held-tokens.ts';
import type { PrefixReuse } from '../../../src/models/webllm/prefix-reuse.ts';
import { createVocabulary, type Vocabulary } from '../../../src/models/webllm/vocabulary.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz.';

/** A token is a character, and a byte. */
const characters = createVocabulary(
  Array.from({ length: 128 }, (_, code) => (code === 32 ? '▁' : String.fromCharCode(code))),
  'byte_fallback',
);

export function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** The likeliest character after a text. */
export function next(text: string): string {
  return alphabet[hashOf(text) % alphabet.length] ?? '.';
}

function hashOf(text: string): number {
  let hash = 17;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 100_003;
  return hash;
}

/** Of the characters that are not the likeliest: small, and all different. */
function likelihood(text: string, code: number): number {
  return hashOf(String.fromCharCode(code) + text) / 1e7 + code / 1e10;
}

/** What a model without batches would choose: at every character the likeliest that leads on to a choice. */
export function plainChoice(prompt: string, choices: readonly string[]): string {
  let reply = '';
  for (;;) {
    const left = choices.filter((choice) => choice.startsWith(reply));
    const onward = left.map((choice) => choice[reply.length] ?? '.');
    const best = onward.toSorted((a, b) => logit(prompt + reply, b) - logit(prompt + reply, a))[0] ?? '.';
    if (best === '.') return reply;
    reply += best;
  }
}

function logit(text: string, character: string): number {
  return next(text) === character ? 5 : likelihood(text, character.charCodeAt(0));
}

/** What a model without batches would reply. */
export function plainReply(prompt: string, limit: number): string {
  let reply = '';
  while (reply.length < limit) {
    const character = next(prompt + reply);
    if (character === '.') break;
    reply += character;
  }
  return reply;
}

export class FakeRuntime implements BatchRuntime {
  readonly contextWindow: number;
  readonly chunk: number;
  readonly penalties = { presence: 0, frequency: 0, repetition: 1 };
  readonly sequences = new Map<number, string>([[0, '']]);
  /** Sizes of the passes so far: sequences, and tokens in all. */
  readonly passes: { sequences: number; tokens: number }[] = [];
  /** What the engine wrote last. */
  reply: readonly number[] = [];
  failsAt = Number.POSITIVE_INFINITY;
  canLimit = true;

  constructor(contextWindow = 4096, chunk = 1024) {
    this.contextWindow = contextWindow;
    this.chunk = chunk;
  }

  fork(sequence: number): void {
    this.sequences.set(sequence, this.sequences.get(0) ?? '');
  }

  drop(sequence: number): void {
    this.sequences.delete(sequence);
  }

  async forward(rows: readonly SequenceTokens[]): Promise<readonly Float32Array[]> {
    await Promise.resolve();
    if (this.passes.length >= this.failsAt) throw new Error('the GPU is out of memory');
    const tokens = rows.reduce((sum, row) => sum + row.tokens.length, 0);
    this.passes.push({ sequences: rows.length, tokens });
    return rows.map((row) => {
      const text = (this.sequences.get(row.sequence) ?? '') + String.fromCharCode(...row.tokens);
      this.sequences.set(row.sequence, text);
      const logits = Float32Array.from({ length: 128 }, (_, code) => likelihood(text, code));
      logits[next(text).charCodeAt(0)] = 5;
      return logits;
    });
  }

  encode(text: string): readonly number[] {
    return codes(text);
  }

  decode(ids: readonly number[]): string {
    return String.fromCharCode(...ids);
  }

  stops() {
    return { texts: [], tokens: codes('.') };
  }

  vocabulary(): Vocabulary | null {
    return this.canLimit ? characters : null;
  }

  lastReply(): readonly number[] {
    return this.reply;
  }
}

/** Prefix reuse on the fake runtime's sequence 0. */
export function reuseOn(runtime: FakeRuntime, format: () => string = () => ''): PrefixReuse {
  const held = new HeldTokens(
    () => {
      runtime.sequences.clear();
      runtime.sequences.set(0, '');
    },
    (tokens) => runtime.sequences.set(0, (runtime.sequences.get(0) ?? '').slice(0, -tokens)),
  );
  return {
    cachedTokens: 0,
    forget: () => void (held.tokens = null),
    async peek(ask) {
      await ask();
      return codes(format());
    },
    hold: (beginning, read) => held.hold(beginning, read),
    remove: () => undefined,
  };
}
