/**
 * Boolean expressions with `not`, `and`, `or` and parentheses. No hidden convention.
 * Form after BIG-Bench Hard's `boolean_expressions`.
 */
import type { Random } from '../../core/random.ts';
import type { Facet } from '../../models/simulated/world.ts';
import type { BuiltInTask, DrawnExample } from './task.ts';
import { between, chance, needsOf } from './task.ts';

/** Operands of an expression, shares of negated operands and of pairs that become a group; groups that take care. */
const knobs = {
  operands: [5, 8],
  notShare: 0.3,
  groupShare: 0.3,
  groupsFrom: 2,
  rambleShare: 0.35,
} as const;

const facets: readonly Facet[] = [
  {
    id: 'format',
    kind: 'format',
    label: 'the answer is only True or False',
    statements: [
      'Answer with only one word, either True or False.',
      'Reply with just True or False and add nothing else.',
      'The final answer must be the single word True or False.',
    ],
    cues: [
      ['answer', 'reply', 'respond', 'write', 'give', 'output'],
      ['true'],
      ['only', 'just', 'single', 'one word', 'nothing else'],
    ],
  },
  {
    id: 'precedence',
    kind: 'step',
    label: 'not before and, and before or',
    statements: [
      'Apply "not" first, then "and", then "or".',
      'Respect the precedence of the operators: "not" binds tighter than "and", which binds tighter than "or".',
      'Evaluate "and" before "or" instead of reading from left to right.',
    ],
    cues: [['precedence', 'binds tighter', 'before "or"', 'then "or"', 'before or', 'then or', 'priority']],
  },
  {
    id: 'inside-out',
    kind: 'step',
    label: 'work from the innermost parentheses out',
    statements: [
      'Evaluate the innermost parentheses first and work outwards.',
      'Replace each group in parentheses by its value, step by step.',
      'Simplify step by step, starting with the deepest brackets.',
    ],
    cues: [['innermost', 'parenthes', 'brackets', 'step by step', 'inside out', 'nested']],
  },
];

type Node =
  | { readonly kind: 'value'; readonly value: boolean }
  | { readonly kind: 'not'; readonly inner: Node }
  | {
      readonly kind: 'group';
      readonly operands: readonly Node[];
      readonly operators: readonly ('and' | 'or')[];
    };

function drawOperand(random: Random, operands: number): Node {
  const inner: Node =
    operands > 1 ? drawGroup(random, operands) : { kind: 'value', value: chance(random, 0.5) };
  return chance(random, knobs.notShare) ? { kind: 'not', inner } : inner;
}

function drawGroup(random: Random, operands: number): Node {
  const parts: Node[] = [];
  for (let left = operands; left > 0;) {
    const size = left > 1 && operands > 2 && chance(random, knobs.groupShare) ? 2 : 1;
    parts.push(drawOperand(random, size));
    left -= size;
  }
  const operators = parts.slice(1).map(() => random.pick(['and', 'or'] as const));
  return { kind: 'group', operands: parts, operators };
}

function show(node: Node, isOutermost = false): string {
  if (node.kind === 'value') return node.value ? 'True' : 'False';
  if (node.kind === 'not') return `not ${show(node.inner)}`;
  const text = node.operands
    .map((operand, index) =>
      index === 0 ? show(operand) : `${String(node.operators[index - 1])} ${show(operand)}`,
    )
    .join(' ');
  return isOutermost ? text : `(${text})`;
}

function evaluate(node: Node): boolean {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'not') return !evaluate(node.inner);
  let [isAnyTrue, isRunTrue] = [false, true];
  for (const [index, operand] of node.operands.entries()) {
    if (node.operators[index - 1] === 'or') {
      isAnyTrue ||= isRunTrue;
      isRunTrue = true;
    }
    isRunTrue &&= evaluate(operand);
  }
  return isAnyTrue || isRunTrue;
}

/** Groups inside the expression, the outermost one not counted. */
function countGroups(node: Node): number {
  if (node.kind === 'value') return 0;
  if (node.kind === 'not') return countInside(node.inner);
  return node.operands.reduce((sum, operand) => sum + countInside(operand), 0);
}

function countInside(node: Node): number {
  return (node.kind === 'group' ? 1 : 0) + countGroups(node);
}

/** An "and" that is read after an "or" of the same group: reading from left to right may go wrong. */
function hasAndAfterOr(node: Node): boolean {
  if (node.kind === 'value') return false;
  if (node.kind === 'not') return hasAndAfterOr(node.inner);
  const firstOr = node.operators.indexOf('or');
  return (firstOr >= 0 && node.operators.includes('and', firstOr)) || node.operands.some(hasAndAfterOr);
}

function draw(random: Random, turn: number): DrawnExample | null {
  const root = drawGroup(random, between(random, knobs.operands[0], knobs.operands[1]));
  const value = evaluate(root);
  if (value !== (turn % 2 === 0)) return null;
  return {
    input: `What is the value of ${show(root, true)}`,
    target: value ? 'True' : 'False',
    needs: needsOf({
      precedence: hasAndAfterOr(root),
      'inside-out': countGroups(root) >= knobs.groupsFrom,
      format: chance(random, knobs.rambleShare),
    }),
    slips: { '': value ? 'False' : 'True' },
  };
}

export const booleanExpressions: BuiltInTask = {
  metric: { kind: 'yes-no', labels: ['True', 'False'] },
  choices: ['True', 'False'],
  facets,
  draw,
};
