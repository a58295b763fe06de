/** Every arm on the same examples. */
import type { Steps } from '../../run-context.ts';
import { allArms, Tally, type Arena, type Ranking } from './arena.ts';

/** @param count examples per arm; at least one, at most those there are */
export async function* bruteForce(arena: Arena, { count }: { readonly count: number }): Steps<Ranking> {
  const tally = new Tally(arena.arms);
  const examples = arena.random.sample(arena.examples, Math.max(1, Math.floor(count)));
  yield* tally.pull(arena, allArms(arena), examples);
  return tally.ranked(allArms(arena));
}
