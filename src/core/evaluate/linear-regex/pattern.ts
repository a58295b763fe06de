/**
 * Matches in time proportional to pattern × text, whatever the pattern: all ways to match are followed side by side
 * (Thompson 1968; Cox, "Regular Expression Matching Can Be Simple And Fast"). JavaScript's own engine tries them one
 * after the other, and `(a+)+b` can hold it up for years.
 */
import { AppError } from '../../errors.ts';
import { parsePattern, type Node } from './parse.ts';

export interface Pattern {
  /** Whether the pattern is found anywhere in the first 10,000 characters of the text. */
  test(text: string): boolean;
}

type Assertion = Extract<Node, { kind: 'assertion' }>['at'];

type Step =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'assertion'; readonly at: Assertion }
  /** Goes on at every one of these places, counted from this step. */
  | { readonly kind: 'fork'; readonly to: readonly number[] };

/** With the longest text 20 million steps at most: about a second. */
const mostSteps = 2000;
const longestText = 10_000;

function tooLong(pattern: string): AppError {
  return new AppError(
    'invalid-option',
    `The pattern ${pattern.slice(0, 80)} is too long: written out, it may have ${mostSteps} parts at most.`,
  );
}

/** One character at a time is safe to ask JavaScript's own engine about. */
function acceptor(source: string, flags: string): (character: string) => boolean {
  const expression = new RegExp(`^(?:${source})$`, flags);
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const isAccepted = expression.test(character);
    known.set(character, isAccepted);
    return isAccepted;
  };
}

class Compiler {
  readonly #flags: string;
  readonly #pattern: string;

  constructor(pattern: string, ignoreCase: boolean) {
    this.#pattern = pattern;
    this.#flags = ignoreCase ? 'iu' : 'u';
  }

  compile(node: Node): readonly Step[] {
    const steps = this.#stepsOf(node);
    if (steps.length > mostSteps) throw tooLong(this.#pattern);
    return steps;
  }

  #stepsOf(node: Node): readonly Step[] {
    switch (node.kind) {
      case 'character':
        return [{ kind: 'character', accepts: acceptor(node.source, this.#flags) }];
      case 'assertion':
        return [node];
      case 'sequence':
        return node.parts.flatMap((part) => this.compile(part));
      case 'choice':
        return this.#choice(node.parts.map((part) => this.compile(part)));
      case 'repeat':
        return this.#repeat(this.compile(node.part), node.min, node.max);
    }
  }

  /** fork, then each way with a jump behind the last one. */
  #choice(ways: readonly (readonly Step[])[]): readonly Step[] {
    const [only] = ways;
    if (only !== undefined && ways.length === 1) return only;
    const total = ways.reduce((sum, way) => sum + way.length + 1, 1);
    const steps: Step[] = [];
    const starts: number[] = [];
    let at = 1;
    for (const way of ways) {
      starts.push(at);
      at += way.length + 1;
      steps.push(...way, { kind: 'fork', to: [total - at + 1] });
    }
    return [{ kind: 'fork', to: starts }, ...steps];
  }

  #repeat(steps: readonly Step[], min: number, max: number | null): readonly Step[] {
    const { length } = steps;
    if ((length + 1) * Math.max(min, max ?? 1) > mostSteps) throw tooLong(this.#pattern);
    const required = Array.from({ length: min }, () => steps).flat();
    const loop: readonly Step[] = [
      { kind: 'fork', to: [1, length + 2] },
      ...steps,
      { kind: 'fork', to: [-length - 1] },
    ];
    if (max === null) return [...required, ...loop];
    const maybe: readonly Step[] = [{ kind: 'fork', to: [1, length + 1] }, ...steps];
    return [...required, ...Array.from({ length: max - min }, () => maybe).flat()];
  }
}

const isWord = (character: string | undefined): boolean => character !== undefined && /^\w$/.test(character);

function holds(at: Assertion, characters: readonly string[], index: number): boolean {
  if (at === 'start') return index === 0;
  if (at === 'end') return index === characters.length;
  const isBoundary = isWord(characters[index - 1]) !== isWord(characters[index]);
  return isBoundary === (at === 'word');
}

/** The places that are reached without taking a character; each once per position. */
function spread(
  steps: readonly Step[],
  starts: readonly number[],
  holdsHere: (at: Assertion) => boolean,
): Set<number> {
  const reached = new Set<number>();
  const open = [...starts];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    const step = steps[place];
    if (step?.kind === 'fork') for (const jump of step.to) open.push(place + jump);
    if (step?.kind === 'assertion' && holdsHere(step.at)) open.push(place + 1);
  }
  return reached;
}

/** A match may begin anywhere: the first step joins at every position. */
function find(steps: readonly Step[], characters: readonly string[]): boolean {
  let places: number[] = [];
  for (let index = 0; index <= characters.length; index += 1) {
    const reached = spread(steps, [...places, 0], (at) => holds(at, characters, index));
    if (reached.has(steps.length)) return true;
    const character = characters[index] ?? '';
    places = [...reached].flatMap((place) => {
      const step = steps[place];
      return step?.kind === 'character' && step.accepts(character) ? [place + 1] : [];
    });
  }
  return false;
}

/** @throws AppError `invalid-option` that says what is wrong with the pattern */
export function compilePattern(pattern: string, ignoreCase: boolean): Pattern {
  const steps = new Compiler(pattern, ignoreCase).compile(parsePattern(pattern));
  return { test: (text) => find(steps, Array.from(text).slice(0, longestText)) };
}
