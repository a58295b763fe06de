/**
 * PromptAgent (arXiv 2310.16427; XinyuanWangCS/PromptAgent): Monte Carlo tree search over whole prompts. Differs from
 * the repository in that the reward examples (validation) and the batches (training) are disjoint.
 */
import { mean } from '../arithmetic.ts';
import { failuresOf } from '../evaluate/failures.ts';
import type { OptimizerResult, RunContext, Steps } from '../run-context.ts';
import type { Candidate, Evaluation, Example } from '../types.ts';
import { createBatches } from './batches.ts';
import { inSteps, startFromPrompt, type Best } from './best.ts';
import { highest } from './highest.ts';
import type { PromptAgentOptions } from './prompt-agent-options.ts';
import { reflectionMetaPrompt, rewriteMetaPrompt, type Batch } from './prompt-agent-questions.ts';
import { answerOf, backUp, createNode, selectPath, Thresholds, type TreeNode } from './prompt-agent-tree.ts';
import { Writer } from './writer.ts';

type Node = TreeNode<Candidate>;

interface Agent {
  readonly context: RunContext;
  readonly options: PromptAgentOptions;
  readonly writer: Writer;
  readonly thresholds: Thresholds;
  readonly rewardExamples: readonly Example[];
  /** The next batch of training examples, without end. */
  readonly nextBatch: () => readonly Example[];
}

export async function* promptAgent(context: RunContext, options: PromptAgentOptions): Steps<OptimizerResult> {
  const best = yield* startFromPrompt(context);
  const { random, splits } = context;
  const rewardExamples = random.fork('reward').sample(splits.validation, options.rewardExamples);
  const root: Node = createNode(best.start, accuracyOn(best.validation, rewardExamples), null);
  const agent: Agent = {
    context,
    options,
    writer: new Writer(context, options, best.hints),
    thresholds: new Thresholds(root.reward, options),
    rewardExamples,
    nextBatch: createBatches(splits.train, options.batch, random.fork('batches')),
  };
  const paths: Node[][] = [];
  yield* inSteps(context, best, options.iterations, async function* (step) {
    paths.push(yield* iterate(agent, root, step));
    const isBetter = yield* settleBest(agent, best, root);
    if (step < options.iterations) return isBetter;
    const answer = answerOf(paths);
    return answer ? (yield* best.consider(answer.item)).isBetter || isBetter : isBetter;
  });
  return best.result(agent.writer.stopReason);
}

/** One path: selected, expanded, simulated to an end, backed up. */
async function* iterate(agent: Agent, root: Node, step: number): Steps<Node[]> {
  const { thresholds, options } = agent;
  const path = selectPath(root, thresholds, options);
  const leaf = path.at(-1) ?? root;
  if (leaf.depth < options.depth) {
    if (leaf.children.length === 0) yield* expand(agent, leaf, step);
    yield* simulate(agent, path, leaf, step);
  }
  backUp(path);
  return path;
}

/** Follows the highest reward, expanding on the way, and appends to the path. */
async function* simulate(agent: Agent, path: Node[], leaf: Node, step: number): Steps<void> {
  const { thresholds } = agent;
  for (let node = leaf; ;) {
    const isEarly = thresholds.isEarlyStop(node);
    thresholds.raise(node.reward);
    if (isEarly || thresholds.isTerminal(node)) return;
    if (node.children.length === 0) yield* expand(agent, node, step);
    const next = highest(node.children, ({ reward }) => reward);
    if (!next) return; // no reply was usable
    path.push(next);
    node = next;
  }
}

async function* expand(agent: Agent, node: Node, step: number): Steps<void> {
  for (let number = 1; number <= agent.options.width; number += 1) {
    const child = yield* proposeChild(agent, node, step, number);
    if (child) createNode(child, yield* rewardOf(agent, child), node);
  }
}

async function* rewardOf({ context, rewardExamples }: Agent, candidate: Candidate): Steps<number> {
  const why = 'The reward of a new prompt on a part of the validation examples';
  return (yield* context.evaluate(candidate, rewardExamples, 'validation', { why })).accuracy;
}

/** A batch, a reflection on it, a rewrite that follows the reflection. */
async function* proposeChild(
  agent: Agent,
  node: Node,
  step: number,
  number: number,
): Steps<Candidate | null> {
  const { context, writer } = agent;
  const { item } = node;
  const random = context.random.fork(`step ${step} child ${number} of ${item.id}`);
  const batch = yield* lookAt(agent, item, step);
  const failures = batch.kind === 'errors' ? batch.failures : [];
  const reflection = yield* writer.reason({
    what: `Asking for a reflection on ${item.id}`,
    shown: shownOf(batch),
    ask: (shown) => reflectionMetaPrompt(item, limited(batch, shown.length)),
    random: random.fork('reflection'),
  });
  if (reflection === null) return null;
  return yield* writer.prompt({
    what: `Asking for a prompt that goes beyond ${item.id}`,
    shown: shownOf(batch),
    ask: (shown) => rewriteMetaPrompt(item, limited(batch, shown.length), reflection, ancestorsOf(node)),
    original: item,
    failures,
    note: `child of ${item.id}`,
    random: random.fork('rewrite'),
  });
}

async function* lookAt(
  { context, writer, nextBatch }: Agent,
  candidate: Candidate,
  step: number,
): Steps<Batch> {
  const examples = nextBatch();
  const why = 'Looking for errors in a batch of training examples';
  const failures = failuresOf(yield* context.evaluate(candidate, examples, 'train', { why }), examples);
  if (failures.length === 0) return { kind: 'all-right', examples };
  yield writer.showing(step, failures, failures.length);
  return { kind: 'errors', failures };
}

function shownOf(batch: Batch): readonly unknown[] {
  return batch.kind === 'errors' ? batch.failures : batch.examples;
}

function limited(batch: Batch, count: number): Batch {
  return batch.kind === 'errors'
    ? { ...batch, failures: batch.failures.slice(0, count) }
    : { ...batch, examples: batch.examples.slice(0, count) };
}

/** From the root to the node's parent. */
function ancestorsOf({ parent }: Node): Candidate[] {
  return parent ? [...ancestorsOf(parent), parent.item] : [];
}

/** The node with the highest reward is scored on all of validation when it promises more than the best so far. */
async function* settleBest({ rewardExamples }: Agent, best: Best, root: Node): Steps<boolean> {
  const top = highest(nodesOf(root), ({ reward }) => reward);
  if (!top || top.reward <= accuracyOn(best.validation, rewardExamples)) return false;
  return (yield* best.consider(top.item)).isBetter;
}

function nodesOf(root: Node): Node[] {
  return [root, ...root.children.flatMap(nodesOf)];
}

function accuracyOn({ outcomes }: Evaluation, examples: readonly Example[]): number {
  const asked = new Set(examples.map(({ id }) => id));
  return mean(outcomes.filter(({ exampleId }) => asked.has(exampleId)).map(({ score }) => score));
}
