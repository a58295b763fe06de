import { describe, expect, it } from 'vitest';
import {
  answerOf,
  backUp,
  createNode,
  selectPath,
  Thresholds,
  uct,
} from '../../../src/core/baselines/prompt-agent-tree.ts';

const settings = { depth: 3, minDepth: 1, exploration: 2.5 };
const names = (path: readonly { item: string }[]): string => path.map(({ item }) => item).join(' ');

/** root .4 with children a .5 and b .6; b with child c .3. */
function tree() {
  const root = createNode('root', 0.4, null);
  const a = createNode('a', 0.5, root);
  const b = createNode('b', 0.6, root);
  const c = createNode('c', 0.3, b);
  return { root, a, b, c };
}

describe('UCT', () => {
  it('is the reward before anything was backed up, since ln 1 = 0', () => {
    const { b } = tree();
    expect(uct(b, 2.5)).toBe(0.6);
  });

  it('backs up the sum of the rewards from a node to the end of the path', () => {
    const { root, b, c } = tree();
    backUp([root, b, c]);
    expect([root, b, c].map(({ backedUp }) => backedUp[0]?.toFixed(1))).toEqual(['1.3', '0.9', '0.3']);
  });

  it('selects by the mean of the sums plus exploration, traced by hand', () => {
    const { root, a, b, c } = tree();
    const thresholds = new Thresholds(root.reward, settings);
    expect(names(selectPath(root, thresholds, settings))).toBe('root b c'); // b .6 over a .5
    backUp([root, b, c]);
    // N_root = 1, ln 2 = .693: a .5 + 2.5·.833 = 2.58 (never visited: max(1, 0) = 1), b .9 + 2.08 = 2.98.
    expect(uct(a, 2.5)).toBeCloseTo(2.581, 3);
    expect(uct(b, 2.5)).toBeCloseTo(2.981, 3);
    backUp([root, b, c]);
    // N_root = 2, ln 3 = 1.099: a .5 + 2.62 = 3.12, b .9 + 2.5·√(1.099/2) = 2.75.
    expect(names(selectPath(root, thresholds, settings))).toBe('root a');
  });
});

describe('the end of a path', () => {
  it('is the depth limit, or a reward below halfway between the root and the parent', () => {
    const { root, a, b, c } = tree();
    const thresholds = new Thresholds(root.reward, settings);
    expect(thresholds.isTerminal(c)).toBe(true); // .3 < (.4 + .6) / 2
    expect(thresholds.isTerminal(createNode('d', 0.5, b))).toBe(false);
    expect([root, a, b].map((node) => thresholds.isTerminal(node))).toEqual([false, false, false]);
    expect(thresholds.isTerminal(createNode('deep', 0.9, createNode('d', 0.5, b)))).toBe(true);
  });

  it('is early for a node deeper than the least depth that beats all before it', () => {
    const { root, b } = tree();
    const thresholds = new Thresholds(root.reward, settings);
    thresholds.raise(0.6);
    expect(thresholds.isEarlyStop(createNode('d', 0.7, b))).toBe(true);
    expect(thresholds.isEarlyStop(createNode('e', 0.6, b))).toBe(false);
    expect(thresholds.isEarlyStop(createNode('f', 0.9, root))).toBe(false); // depth 1
  });
});

describe('the answer', () => {
  it('is the best node of the path with the highest mean reward, not the best node of all', () => {
    const { root, a, b, c } = tree();
    const d = createNode('d', 0.8, c);
    // root a: .45; root b c d: (.4 + .6 + .3 + .8) / 4 = .525; root b: .5
    expect(
      answerOf([
        [root, a],
        [root, b],
        [root, b, c, d],
      ])?.item,
    ).toBe('d');
    // root b: .5; root a e: (.4 + .5 + .0) / 3 = .3
    const e = createNode('e', 0, a);
    expect(
      answerOf([
        [root, a, e],
        [root, b],
      ])?.item,
    ).toBe('b');
  });
});
