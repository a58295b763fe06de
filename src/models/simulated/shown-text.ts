/**
 * What a request to the optimizer model shows, read from its text alone: cases, the current prompt, the marked
 * sentence, remarks, earlier attempts. A real model reads it by understanding, this one by form: labelled cases as in
 * `core/proposals/meta-format.ts`; a line that ends in a colon opens a section; what it says tells what the section is.
 */
import type { CompletionRequest } from '../../core/language-model.ts';
import type { ReplyTag } from '../../core/proposals/meta-format.ts';
import type { SimulatedExample, SimulatedWorld } from './world.ts';

export interface ShownCase {
  readonly example: SimulatedExample;
  /** The wrong answer; null when a right one is shown. */
  readonly got: string | null;
}

export interface ShownText {
  readonly tag: ReplyTag;
  readonly cases: readonly ShownCase[];
  /** Lines of the prompt that is to be improved; empty when none is shown. */
  readonly current: readonly string[];
  /** Those lines of it that carry a number, in order: [1], [2], … */
  readonly numbered: readonly string[];
  /** The sentence that is to be rewritten. */
  readonly target: string | null;
  /** Words a reply may have, where the request says so. */
  readonly mostWords: number | null;
  /** What else is said about the task: reasons, hints, descriptions. */
  readonly remarks: readonly string[];
  /** Attempts that were not good enough. */
  readonly tried: readonly string[];
  /** Heading lines that a whole prompt shall have. */
  readonly headings: readonly string[];
}

interface Section {
  readonly title: string;
  readonly lines: string[];
}

const caseLabel = /^(Input|Output|Expected|Got): ?/;
const headingLine = /^#{1,6}\s*\S.*$/;
/** A line of talk to the optimizer model, by which a shown prompt with blank lines is known to have ended. */
const talk =
  /^(?:These|Here|Compare|Reply|Rewrite|Improve|Develop|Explain|Think|Work out|Why|What|Now|Keep the|Write (?:an?|the (?:complete|new|reworded|improved))\b|The (?:sentence|model|instruction|prompt|form|inputs?)|An? (?:model|expert))\b/;

/** The last tag that is mentioned is the one that is demanded: demands come last. */
function demandedTag(text: string): ReplyTag {
  const tags = [...text.matchAll(/<(prompt|sentence|reason)>/g)].map(([, tag]) => tag as ReplyTag);
  return tags.at(-1) ?? 'sentence';
}

/** Said where the reply is asked for, near the end. */
function wordLimit(prompt: string): number | null {
  const said = [...prompt.matchAll(/\bat most (\d+) words\b/g)].at(-1)?.[1];
  return said === undefined ? null : Number(said);
}

/** Cases are cut at some length: what is shown is the beginning of the input. */
function findShown(shown: string, examples: readonly SimulatedExample[]): SimulatedExample | null {
  const text = shown.trim().replace(/…$/, '');
  if (text.length < 4) return null;
  const isCut = shown.trim().endsWith('…');
  return (
    examples.find(({ input }) => input.trim() === text) ??
    (isCut ? examples.find(({ input }) => input.trim().startsWith(text)) : undefined) ??
    null
  );
}

/** Fields of the cases in order; a field goes on over unlabelled lines up to a blank one. */
function labelledFields(lines: readonly string[]): { label: string; text: string }[] {
  const fields: { label: string; text: string }[] = [];
  let isOpen = false;
  for (const line of lines) {
    const label = caseLabel.exec(line)?.[1];
    if (label !== undefined) fields.push({ label, text: line.replace(caseLabel, '') });
    isOpen = label !== undefined || (isOpen && line.trim() !== '');
    const last = fields.at(-1);
    if (label === undefined && isOpen && last)
      fields[fields.length - 1] = { ...last, text: `${last.text}\n${line}` };
  }
  return fields;
}

function casesIn(lines: readonly string[], world: SimulatedWorld): ShownCase[] {
  const cases: ShownCase[] = [];
  for (const { label, text } of labelledFields(lines)) {
    const example = label === 'Input' ? findShown(text, world.examples) : null;
    const last = cases.at(-1);
    if (example) cases.push({ example, got: null });
    else if (label === 'Got' && last) cases[cases.length - 1] = { ...last, got: text.trim() };
  }
  return cases;
}

const isTitle = (line: string): boolean =>
  /:\s*$/.test(line) && !/^(?:\[\d+\]|[-#>*]|\d+[.)])/.test(line.trim());
const isPromptTitle = (title: string): boolean =>
  /\b(?:instructions?|prompts?)\b/i.test(title) &&
  !/\b(?:inputs|says|parts|wrong|tried|earlier|good enough)\b/i.test(title);

/** Sections without the cases. A prompt's section may hold blank lines; any other ends at the first. */
function sectionsOf(lines: readonly string[]): Section[] {
  const sections: Section[] = [{ title: '', lines: [] }];
  let [isInCase, isAfterBlank] = [false, true];
  for (const line of lines) {
    const isBlank = line.trim() === '';
    if (caseLabel.test(line)) isInCase = true;
    else if (isBlank) isInCase = false;
    const current = sections.at(-1);
    const isInPrompt = isPromptTitle(current?.title ?? '');
    const isOver = isAfterBlank && (!isInPrompt || talk.test(line) || isTitle(line));
    if (isInCase || isOver || line.startsWith('>>')) sections.push({ title: '', lines: [] });
    const opens = isTitle(line) && !isInCase && (isAfterBlank || !isInPrompt);
    if (opens) sections.push({ title: line, lines: [] });
    else if (!isBlank && !isInCase && !line.startsWith('>>')) sections.at(-1)?.lines.push(line);
    isAfterBlank = isBlank;
  }
  return sections.filter(({ lines: body, title }) => body.length > 0 && title !== '');
}

/** A sentence without the number, bullet or score that the list it stands in gave it. */
function bare(line: string): string {
  return line
    .replace(/^(?:\[\d+\]|-)\s+/, '')
    .replace(/\s+\((?:solved \d+ %|just proposed)\)$/, '')
    .trim();
}

export function readShown({ system, prompt }: CompletionRequest, world: SimulatedWorld): ShownText {
  const text = `${system}\n\n${prompt}`;
  const lines = text.split('\n');
  const sections = sectionsOf(lines);
  const bodies = (fits: (title: string) => boolean): string[] =>
    sections.filter(({ title }) => fits(title)).flatMap((section) => section.lines.map(bare));
  // A list of prompts with scores is neither advice nor failure.
  const isScored = (title: string): boolean => /\bscores?\b/i.test(title);
  const isTried = (title: string): boolean =>
    !isScored(title) && /\b(?:tried|good enough|earlier|rejected|failed attempts)\b/i.test(title);
  const current = bodies(isPromptTitle).filter((line) => !/^[`<(]/.test(line));
  return {
    tag: demandedTag(text),
    cases: casesIn(lines, world),
    current,
    mostWords: wordLimit(prompt),
    numbered: sections
      .filter(({ title }) => isPromptTitle(title))
      .flatMap((section) => section.lines.filter((line) => /^\[\d+\]\s/.test(line)).map(bare)),
    target:
      lines
        .find((line) => line.startsWith('>>'))
        ?.slice(2)
        .trim() ?? null,
    remarks: bodies((title) => !isPromptTitle(title) && !isTried(title) && !isScored(title)),
    tried: bodies(isTried),
    headings: lines.filter((line) => headingLine.test(line) && !current.includes(line.trim())),
  };
}
