/** The same prompt in other words: ProTeGi's Monte Carlo step and APE's resampling. */
import { joinPrompt } from '../prompt/split.ts';
import { demand } from '../proposals/meta-format.ts';
import type { Random } from '../random.ts';
import type { Steps } from '../run-context.ts';
import type { Candidate } from '../types.ts';
import type { Writer } from './writer.ts';

export function paraphrasePrompt(
  writer: Writer,
  original: Candidate,
  random: Random,
): Steps<Candidate | null> {
  const prompt = [
    'This is an instruction for a language model:',
    joinPrompt(original.sentences),
    '',
    'Rewrite it in other words. Keep its meaning: leave no rule out and add none.',
    demand('Write the reworded instruction now.', 'prompt'),
  ].join('\n');
  return writer.prompt({
    what: `Asking for other words for ${original.id}`,
    shown: [],
    ask: () => ({ system: 'You reword instructions for a language model.', prompt }),
    original,
    note: `paraphrase of ${original.id}`,
    random,
  });
}
