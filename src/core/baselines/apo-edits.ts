/** What APO asks the optimizer model: reasons for errors ("gradients"), and edits that mend them. */
import { joinPrompt } from '../prompt/split.ts';
import { demand, failureBlock } from '../proposals/meta-format.ts';
import type { Random } from '../random.ts';
import type { Steps } from '../run-context.ts';
import type { Candidate, FailureCase } from '../types.ts';
import type { ApoOptions } from './apo-options.ts';
import type { MetaPrompt, Writer } from './writer.ts';

function shownPrompt(candidate: Candidate, failures: readonly FailureCase[]): string[] {
  return [
    'This is an instruction for a language model:',
    joinPrompt(candidate.sentences),
    '',
    'A model that follows it gets these inputs wrong:',
    failureBlock(failures),
    '',
  ];
}

function gradientMetaPrompt(candidate: Candidate, failures: readonly FailureCase[]): MetaPrompt {
  const prompt = [
    ...shownPrompt(candidate, failures),
    'Why does the instruction lead to these wrong answers? Compare each "Got" with its "Expected" and name the one cause that explains most of them, in at most two sentences.',
    demand('Name the cause now.', 'reason'),
  ].join('\n');
  return { system: 'You find out why an instruction for a language model fails.', prompt };
}

function editMetaPrompt(candidate: Candidate, failures: readonly FailureCase[], reason: string): MetaPrompt {
  const prompt = [
    ...shownPrompt(candidate, failures),
    'What goes wrong, in the words of a reviewer:',
    reason,
    '',
    'Rewrite the instruction so that this does not happen again. Keep what is right in it. State rules that hold for new inputs; do not copy the inputs above and do not name their answers.',
    demand('Write the complete new instruction now.', 'prompt'),
  ].join('\n');
  return { system: 'You improve an instruction for a language model.', prompt };
}

/**
 * New prompts from one group of errors. The published code asks for q reasons and s edits in one reply each; small
 * models do one thing at a time, so each is a call of its own (the same for the defaults q = s = 1).
 */
export async function* editsFor(
  writer: Writer,
  candidate: Candidate,
  group: readonly FailureCase[],
  { reasonsPerGradient, editsPerReason }: ApoOptions,
  random: Random,
): Steps<Candidate[]> {
  const edits: Candidate[] = [];
  for (let number = 1; number <= reasonsPerGradient; number += 1) {
    const reason = yield* writer.reason({
      what: `Asking why ${candidate.id} fails`,
      shown: group,
      ask: (failures) => gradientMetaPrompt(candidate, failures),
      random: random.fork(`reason ${number}`),
    });
    if (reason === null) continue;
    for (let edit = 1; edit <= editsPerReason; edit += 1) {
      const edited = yield* writer.prompt({
        what: `Asking for an edit of ${candidate.id} that mends it`,
        shown: group,
        ask: (failures) => editMetaPrompt(candidate, failures, reason),
        original: candidate,
        failures: group,
        note: `edit of ${candidate.id}`,
        random: random.fork(`reason ${number} edit ${edit}`),
      });
      if (edited) edits.push(edited);
    }
  }
  return edits;
}
