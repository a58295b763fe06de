/**
 * Worked examples as a part of the prompt of their own: tried once, after the sentences, against the same prompt
 * without them, and kept only when they pass the gate. They are not optimized and no sentence changes its id.
 */
import { placeholdersOf } from '../prompt/template.ts';
import type { RunContext, Steps } from '../run-context.ts';
import { sampleExemplars } from '../split.ts';
import type { Example, Sentence } from '../types.ts';
import { askPerson, decide } from './accept.ts';
import { adopt } from './adopt.ts';
import type { Search } from './search.ts';
import { nothingCanPass } from './validation-size.ts';

/** Longer inputs would fill a small context window; they are shown only when there are no others. */
const handyCharacters = 600;

/** @param isStuck the search has improved nothing */
export async function* tryExemplars(context: RunContext, search: Search, isStuck: boolean): Steps<void> {
  const { fewShot, fewShotExamples: count } = search.options;
  if (fewShot === 'off' || (fewShot === 'when-stuck' && !isStuck) || nothingCanPass(search)) return;
  const random = context.random.fork('few-shot');
  const handy = context.splits.train.filter(({ input }) => input.length <= handyCharacters);
  const examples = sampleExemplars(handy.length >= count ? handy : context.splits.train, count, random);
  const sentences = withExemplars(context, search, examples);
  const origin = { operation: 'whole', note: `with ${examples.length} worked examples` } as const;
  const candidate = yield* context.create(sentences, search.incumbent.id, origin);
  const { isAccepted, validation } = yield* decide(context, search, candidate, random.fork('gate'));
  if (isAccepted && (yield* askPerson(context, candidate)))
    yield* adopt(context, search, candidate, validation);
}

function withExemplars(context: RunContext, search: Search, examples: readonly Example[]): Sentence[] {
  const { sentences } = search.incumbent;
  const columns = Object.keys(examples[0]?.fields ?? {});
  const isHashed = sentences.some(
    ({ kind, content }) => kind === 'heading' && /^###.*###$/.test(content.trim()),
  );
  const heading: Sentence = {
    id: search.freshId(),
    kind: 'heading',
    content: isHashed ? '###Examples###' : 'Examples:',
    suffix: '\n',
    optimizable: false,
  };
  const label = context.task.answer.suffix === '' ? 'Output:' : 'Answer:'; // the form that the suffix asks for
  const body: Sentence = {
    id: search.freshId(),
    kind: 'code',
    content: examples
      .map(({ input, target }) => `Input: ${asText(input, columns)}\n${label} ${asText(target, columns)}`)
      .join('\n\n'),
    suffix: '',
    optimizable: false,
  };
  const hole = sentences.findIndex(({ content }) => placeholdersOf(content, columns).length > 0);
  return placed(sentences, hole === -1 ? sentences.length : hole, heading, body);
}

/** Behind the prompt, or in front of the piece that the input is put into. */
function placed(sentences: readonly Sentence[], at: number, heading: Sentence, body: Sentence): Sentence[] {
  const before = sentences.slice(0, at);
  const after = sentences.slice(at);
  const last = before.at(-1);
  const spaced = last
    ? [...before.slice(0, -1), { ...last, suffix: last.suffix.includes('\n') ? last.suffix : '\n\n' }]
    : [];
  return [...spaced, heading, { ...body, suffix: after.length > 0 ? '\n\n' : '' }, ...after];
}

/** An example that holds a placeholder shows it; nothing is to be put there. */
function asText(text: string, columns: readonly string[]): string {
  return text
    .trim()
    .replace(/\{\{[^{}\r\n]+\}\}|\{([A-Za-z_]\w*)\}/g, (found, single: string | undefined) =>
      single === undefined || single === 'input' || columns.includes(single) ? `\\${found}` : found,
    );
}
