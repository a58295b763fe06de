/** The five-part skeleton that a first prompt is asked for (algorithms.md 1.1, d), and prompts by their headings. */
import type { Sentence } from '../types.ts';

interface PromptPart {
  readonly heading: string;
  /** What belongs there, for the meta-instruction. */
  readonly asks: string;
  /** Words that a heading of this part has, however a model words it. */
  readonly cue: RegExp;
}

/** In their order in a prompt. */
export const promptParts: readonly PromptPart[] = [
  { heading: '###Task type###', asks: 'the kind of task, in one sentence', cue: /task type|type of task/iu },
  {
    heading: '###Task description###',
    asks: 'what is given and what is to be found, in detail',
    cue: /description/iu,
  },
  {
    heading: '###Output format###',
    asks: 'form and type of the answer, and what it must not contain',
    cue: /output|format|constraint/iu,
  },
  { heading: '###Reasoning steps###', asks: 'the steps to follow, one sentence each', cue: /reason|step/iu },
  {
    heading: '###Tips###',
    asks: 'advice of an expert on what is easily got wrong',
    cue: /tip|advice|hint/iu,
  },
];

export interface Section {
  /** Null for what comes before the first heading. */
  readonly heading: Sentence | null;
  readonly sentences: readonly Sentence[];
}

/** Pieces by the heading above them; every piece but leading white space is in exactly one section. */
export function sectionsOf(sentences: readonly Sentence[]): Section[] {
  const sections: { heading: Sentence | null; sentences: Sentence[] }[] = [];
  for (const sentence of sentences) {
    if (sentence.kind === 'blank') continue;
    if (sentence.kind === 'heading') sections.push({ heading: sentence, sentences: [] });
    else if (sections.length === 0) sections.push({ heading: null, sentences: [sentence] });
    else sections.at(-1)?.sentences.push(sentence);
  }
  return sections;
}

/** Whether all five parts are there in their order, each with something below its heading. */
export function hasFiveParts(sentences: readonly Sentence[]): boolean {
  let found = 0;
  for (const { heading, sentences: body } of sectionsOf(sentences)) {
    const part = promptParts[found];
    if (heading !== null && body.length > 0 && part?.cue.test(heading.content)) found += 1;
  }
  return found === promptParts.length;
}
