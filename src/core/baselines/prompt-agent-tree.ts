/** PromptAgent's search tree (algorithms.md 2.3): which node is next, when a path ends, what flows back. */

import { mean } from '../arithmetic.ts';
import { highest } from './highest.ts';

export interface TreeNode<T> {
  readonly item: T;
  readonly parent: TreeNode<T> | null;
  readonly depth: number;
  /** Accuracy on the reward examples. */
  readonly reward: number;
  readonly children: TreeNode<T>[];
  /** One entry per iteration whose path went through the node: the rewards from here to the path's end, summed. */
  readonly backedUp: number[];
}

export interface TreeSettings {
  readonly depth: number;
  readonly minDepth: number;
  readonly exploration: number;
}

export function createNode<T>(item: T, reward: number, parent: TreeNode<T> | null): TreeNode<T> {
  const node = { item, reward, parent, depth: parent ? parent.depth + 1 : 0, children: [], backedUp: [] };
  parent?.children.push(node);
  return node;
}

/** Q + w √(ln(N_parent + 1) / max(1, N)); Q is the mean of what was backed up, or the reward before that. */
export function uct<T>(node: TreeNode<T>, exploration: number): number {
  const quality = node.backedUp.length === 0 ? node.reward : mean(node.backedUp);
  const parentVisits = node.parent?.backedUp.length ?? 0;
  return quality + exploration * Math.sqrt(Math.log(parentVisits + 1) / Math.max(1, node.backedUp.length));
}

/** Rewards seen so far; the lowest stays the root's. */
export class Thresholds {
  readonly #lowest: number;
  readonly #settings: TreeSettings;
  #highest: number;

  constructor(rootReward: number, settings: TreeSettings) {
    this.#lowest = rootReward;
    this.#highest = rootReward;
    this.#settings = settings;
  }

  raise(reward: number): void {
    this.#highest = Math.max(this.#highest, reward);
  }

  /** Deep enough, or worse than halfway between the root and its own parent. */
  isTerminal<T>({ depth, reward, parent }: TreeNode<T>): boolean {
    if (depth >= this.#settings.depth) return true;
    return depth > this.#settings.minDepth && parent !== null && reward < (this.#lowest + parent.reward) / 2;
  }

  /** Better than anything seen: no need to go deeper now. */
  isEarlyStop<T>({ depth, reward }: TreeNode<T>): boolean {
    return depth > this.#settings.minDepth && reward > this.#highest;
  }
}

/** From the root along the highest UCT to a leaf or a terminal node. */
export function selectPath<T>(
  root: TreeNode<T>,
  thresholds: Thresholds,
  { exploration }: TreeSettings,
): TreeNode<T>[] {
  const path = [root];
  for (let node = root; node.children.length > 0 && !thresholds.isTerminal(node);) {
    const next = highest(node.children, (child) => uct(child, exploration));
    if (!next) break;
    path.push(next);
    node = next;
  }
  return path;
}

/** Sums are not divided by the length of the path, as published: deep paths look better. */
export function backUp<T>(path: readonly TreeNode<T>[]): void {
  let sum = 0;
  for (const node of path.toReversed()) {
    sum += node.reward;
    node.backedUp.push(sum);
  }
}

/** Of the path with the highest mean reward, the node with the highest reward. */
export function answerOf<T>(paths: readonly (readonly TreeNode<T>[])[]): TreeNode<T> | undefined {
  const path = highest(paths, (nodes) => mean(nodes.map(({ reward }) => reward)));
  return path && highest(path, ({ reward }) => reward);
}
