/** How much faster: reading prompts from their start, keeping their beginning, and writing four answers together. */
import type { CompletionRequest } from '../../../../src/core/language-model.ts';
import {
  ask,
  askPlainly,
  askTogether,
  longSystem,
  request,
  rig,
  shortInputs,
  type Answer,
} from './reuse-rig.ts';

/** One answer, read from its start and on a kept beginning. */
interface Pair {
  readonly naive: Answer;
  readonly reused: Answer;
}

interface Round {
  readonly short: Pair;
  readonly long: Pair;
  /** As many long answers as there are inputs, the beginning included. */
  readonly coldBatchMs: number;
  /** The same, the beginning held already. */
  readonly warmBatchMs: number;
}

/** Tokens of a reply. */
const lengths = { short: 4, long: 8 } as const;

/** Alternating, so that a noisy machine is as noisy for all; each reused call follows one with another input. */
export async function bench(repeats: number) {
  const system = longSystem(260);
  const at = (i: number, maxTokens: number): CompletionRequest =>
    request(shortInputs[i % shortInputs.length] ?? '', {
      system,
      maxTokens,
      temperature: 0,
      constraint: undefined,
    });
  const together = shortInputs.map((_, i) => at(i, lengths.long));
  const tokens = new TokensSeen();
  const pair = async (i: number, maxTokens: number): Promise<Pair> => {
    const naive = tokens.checked(at(i, maxTokens), await askPlainly(at(i, maxTokens)));
    return { naive, reused: tokens.checked(at(i + 1, maxTokens), await ask(at(i + 1, maxTokens))) };
  };
  const batch = async (): Promise<number> => {
    const { ids, ms } = await askTogether(together);
    for (const [i, one] of together.entries()) tokens.add(one, ids[i] ?? '');
    return ms;
  };
  await pair(0, lengths.short);
  await batch();
  const rounds: Round[] = [];
  for (let i = 0; i < repeats; i++) {
    const [short, long] = [await pair(i, lengths.short), await pair(i, lengths.long)];
    rig().reuse.forget();
    const round = { short, long, coldBatchMs: await batch(), warmBatchMs: await batch() };
    console.log(`round ${i + 1}: ${JSON.stringify(round)}`);
    rounds.push(round);
  }
  return summary(rounds, together.length, tokens);
}

/** Whether each request always had the same reply, token by token. */
class TokensSeen {
  readonly #known = new Map<string, string>();
  areEqual = true;

  add({ prompt, maxTokens }: CompletionRequest, ids: string): void {
    const request = `${maxTokens} ${prompt}`;
    this.areEqual &&= (this.#known.get(request) ?? ids) === ids;
    this.#known.set(request, ids);
  }

  checked(request: CompletionRequest, answer: Answer): Answer {
    this.add(request, answer.ids);
    return answer;
  }

  get all(): readonly string[] {
    return [...this.#known.values()];
  }
}

function summary(rounds: readonly Round[], size: number, tokens: TokensSeen) {
  const ratios = (of: (round: Round) => number): number[] => rounds.map((one) => Number(of(one).toFixed(2)));
  return {
    prefix: Math.min(...rounds.map(({ long }) => long.reused.cached)),
    prompt: Math.max(...rounds.map(({ long }) => long.naive.prompt)),
    size,
    lengths,
    equal: tokens.areEqual,
    ids: tokens.all,
    reuse: ratios(({ short }) => short.naive.ms / short.reused.ms),
    batch: ratios(({ long, coldBatchMs }) => (size * long.naive.ms) / coldBatchMs),
    /** Against as many answers one by one, the beginning read with the first. */
    batchToReuse: ratios(
      ({ long, coldBatchMs }) => (long.naive.ms + (size - 1) * long.reused.ms) / coldBatchMs,
    ),
    /** The same, the beginning held already. */
    heldBatchToReuse: ratios(({ long, warmBatchMs }) => (size * long.reused.ms) / warmBatchMs),
  };
}
