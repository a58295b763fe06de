/**
 * Reads the part of JavaScript's regular expressions that can be matched in linear time: everything but look-around
 * and references back to a group.
 */
import { AppError } from '../../errors.ts';

export type Node =
  /** One character, told by JavaScript's own engine: `source` is `a`, `.`, `\d`, `\p{L}` or `[a-z]`. */
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'assertion'; readonly at: 'start' | 'end' | 'word' | 'within' }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  /** `max` null: without end. */
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number | null };

const escape =
  /\\(?:[pP]\{[^}]*\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[^])/uy;
const characterClass = /\[(?:\\[^]|[^\]\\])*\]/uy;
const quantifier = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/uy;
const groupStart = /\((?:\?:|\?<[\p{L}_$][\p{L}\p{N}_$]*>|(?!\?))/uy;
const anyCharacter = /[^]/uy;

const assertions: Readonly<Record<string, Extract<Node, { kind: 'assertion' }>['at']>> = {
  '^': 'start',
  $: 'end',
  '\\b': 'word',
  '\\B': 'within',
};

function refuse(pattern: string, why: string): AppError {
  return new AppError('invalid-option', `The pattern ${pattern} cannot be used: ${why}`);
}

/** Groups within groups, at most: the parser calls itself. */
const deepest = 100;

class Parser {
  readonly #pattern: string;
  #at = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  parse(): Node {
    return this.#choice();
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#pattern);
    if (match) this.#at += match[0].length;
    return match;
  }

  #next(): string {
    return this.#pattern[this.#at] ?? '';
  }

  #choice(): Node {
    const parts = [this.#sequence()];
    while (this.#next() === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return { kind: 'choice', parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (!['', '|', ')'].includes(this.#next())) parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): Node {
    const part = this.#next() === '(' ? this.#group() : this.#atom();
    const found = this.#take(quantifier);
    if (found === null) return part;
    const [sign, least, comma, most] = found;
    if (least === undefined)
      return {
        kind: 'repeat',
        part,
        min: sign.startsWith('+') ? 1 : 0,
        max: sign.startsWith('?') ? 1 : null,
      };
    const min = Number(least);
    return { kind: 'repeat', part, min, max: comma === undefined ? min : most ? Number(most) : null };
  }

  #group(): Node {
    if (this.#take(groupStart) === null)
      throw refuse(
        this.#pattern,
        'it looks ahead or behind, (?=…) and the like, which could take for ever. Write it without.',
      );
    this.#depth += 1;
    if (this.#depth > deepest)
      throw refuse(this.#pattern, `more than ${deepest} groups lie within each other.`);
    const inner = this.#choice();
    this.#depth -= 1;
    this.#at += 1; // the bracket that closes it: JavaScript's own parser has seen it
    return inner;
  }

  #atom(): Node {
    const [source = ''] = this.#take(escape) ?? this.#take(characterClass) ?? this.#take(anyCharacter) ?? [];
    if (/^\\(?:[1-9]|k)/.test(source))
      throw refuse(
        this.#pattern,
        'it refers back to a group, \\1 and the like, which could take for ever. Write it without.',
      );
    const at = assertions[source];
    return at === undefined ? { kind: 'character', source } : { kind: 'assertion', at };
  }
}

/** @throws AppError `invalid-option` that says what is wrong with the pattern */
export function parsePattern(pattern: string): Node {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^.*:\s*/s, '') : 'it is not complete';
    throw refuse(pattern, `${said}.`);
  }
  return new Parser(pattern).parse();
}
