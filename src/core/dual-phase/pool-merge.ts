/** Two prompts of the pool as one, when neither comes from the other and they differ in what they get right. */
import { mergeEdits } from '../prompt/merge.ts';
import type { RunContext, Steps } from '../run-context.ts';
import type { Candidate } from '../types.ts';
import { askPerson, decide } from './accept.ts';
import { adopt } from './adopt.ts';
import type { Member } from './pool.ts';
import type { Search } from './search.ts';

/** Examples that each of the two gets right and the other wrong: fewer are not worth a look at validation. */
const leastDifference = 2;

function lineOf(context: RunContext, { id, parentId }: Candidate): string[] {
  const parent = parentId === null ? undefined : context.candidate(parentId);
  return parent ? [id, ...lineOf(context, parent)] : [id];
}

function rightAlone(a: Member, b: Member): number {
  const right = new Set(b.validation.outcomes.flatMap((one) => (one.correct ? one.exampleId : [])));
  return a.validation.outcomes.filter(({ correct, exampleId }) => correct && !right.has(exampleId)).length;
}

/** Null when the two cannot be merged, or one comes from the other. */
function mergedOf(context: RunContext, a: Member, b: Member): ReturnType<typeof mergeEdits> {
  const [lineA, lineB] = [lineOf(context, a.candidate), lineOf(context, b.candidate)];
  const shared = lineA.find((id) => lineB.includes(id));
  const ancestor = shared === undefined ? undefined : context.candidate(shared);
  const isLine = shared === a.candidate.id || shared === b.candidate.id;
  const differs = Math.min(rightAlone(a, b), rightAlone(b, a)) >= leastDifference;
  if (!ancestor || isLine || !differs) return null;
  return mergeEdits(ancestor.sentences, a.candidate.sentences, b.candidate.sentences);
}

/** Tries one merge of the newest prompt with another one, against the better of the two. */
export async function* tryPoolMerge(context: RunContext, search: Search): Steps<boolean> {
  const { merge, pool: size } = search.options;
  const newest = search.pool.members.at(-1);
  if (!merge || size === 1 || !newest) return false;
  for (const other of search.pool.members) {
    const sentences = mergedOf(context, other, newest);
    if (sentences === null) continue;
    const better = other.validation.accuracy > newest.validation.accuracy ? other : newest;
    search.goOnFrom(better);
    const note = `${other.candidate.id} and ${newest.candidate.id} together`;
    const candidate = yield* context.create(sentences, better.candidate.id, { operation: 'merge', note });
    const random = context.random.fork(`merge ${candidate.id}`);
    const { isAccepted, validation } = yield* decide(context, search, candidate, random);
    if (!isAccepted || !(yield* askPerson(context, candidate))) return false;
    yield* adopt(context, search, candidate, validation);
    return true;
  }
  return false;
}
