/** Which example of its task a prompt asks about, and what the prompt says besides. */
import type { SimulatedExample } from './world.ts';

interface Found {
  readonly example: SimulatedExample;
  /** The prompt without the example: part of the instruction. */
  readonly rest: string;
}

/** The last input that the prompt holds, as shared text comes first; the longest of those that end there. */
function byInput(prompt: string, examples: readonly SimulatedExample[]): SimulatedExample | null {
  let best: SimulatedExample | null = null;
  let bestEnd = 0;
  for (const example of examples) {
    const at = example.input === '' ? -1 : prompt.lastIndexOf(example.input);
    const end = at + example.input.length;
    const isBetter = end > bestEnd || (end === bestEnd && example.input.length > (best?.input.length ?? 0));
    if (at >= 0 && isBetter) [best, bestEnd] = [example, end];
  }
  return best;
}

/** For prompts that place columns apart: the example of whose columns the prompt holds the most text. */
function byColumns(prompt: string, examples: readonly SimulatedExample[]): SimulatedExample | null {
  let [best, most]: [SimulatedExample | null, number] = [null, 0];
  for (const example of examples) {
    const held = heldColumns(prompt, example).reduce((sum, column) => sum + column.length, 0);
    if (held > most) [best, most] = [example, held];
  }
  return best;
}

function heldColumns(prompt: string, { columns = [] }: SimulatedExample): string[] {
  return columns.filter((column) => column !== '' && prompt.includes(column));
}

export function findExample(prompt: string, examples: readonly SimulatedExample[]): Found | null {
  const asked = byInput(prompt, examples);
  if (asked !== null) {
    const at = prompt.lastIndexOf(asked.input);
    return { example: asked, rest: `${prompt.slice(0, at)}\n${prompt.slice(at + asked.input.length)}` };
  }
  const example = byColumns(prompt, examples);
  if (example === null) return null;
  const held = heldColumns(prompt, example).toSorted((a, b) => b.length - a.length);
  return { example, rest: held.reduce((text, column) => text.replaceAll(column, ' '), prompt) };
}
