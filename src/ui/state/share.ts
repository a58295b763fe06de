/**
 * A run's settings as a link: all of it stands behind the `#`, so that no server learns of it. Links come from
 * anybody: what is in one is checked like a file, and it can name only sample tasks and models of our lists, so that
 * none can send data to an address or make the browser load something unknown.
 */
import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import { isMethodId, methods } from '../../core/methods.ts';
import { resolveOptions } from '../../core/options.ts';
import { builtInTasks } from '../../data/built-in/catalog.ts';
import type { Dataset } from '../../data/dataset.ts';
import { watchablePaceMs, type ModelSpec } from '../../models/spec.ts';
import { smallModels } from '../../models/wllama/catalog.ts';
import type { RunConfig } from '../../workers/protocol.ts';
import { hrefTo } from '../route.ts';

const limit = v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(1_000_000_000)));
const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const text = v.pipe(v.string(), v.maxLength(20_000));

const model = v.variant('engine', [
  v.object({ engine: v.literal('simulated'), skill: v.picklist(['weak', 'middling', 'strong']) }),
  v.object({ engine: v.literal('webllm'), modelId: v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/)) }),
  v.object({ engine: v.literal('wllama'), modelId: v.picklist(smallModels.map(({ id }) => id)) }),
]);

const presetSchema = v.object({
  v: v.literal(1),
  task: v.picklist(builtInTasks.map(({ id }) => id)),
  model: v.nullable(model),
  rewriting: v.optional(v.nullable(model), null),
  inTurns: v.optional(v.boolean(), false),
  method: v.picklist(Object.keys(methods)),
  options: v.record(v.string(), v.union([v.number(), v.boolean(), v.pipe(v.string(), v.maxLength(100))])),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)),
  sizes: v.object({ train: size, validation: size, test: size }),
  budget: v.object({ calls: limit, tokens: limit, minutes: limit }),
  answer: v.object({
    maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
    suffix: text,
    constrain: v.boolean(),
  }),
  prompt: v.nullable(text),
  askMe: v.boolean(),
});

export type Preset = v.InferOutput<typeof presetSchema>;

/** A model that a link may name; null for models by address. */
function sharedModel(spec: ModelSpec): Preset['model'] {
  if (spec.engine === 'simulated') return { engine: 'simulated', skill: spec.skill };
  if (spec.engine === 'webllm' && spec.custom === undefined)
    return { engine: 'webllm', modelId: spec.modelId };
  const listed = spec.engine === 'wllama' && smallModels.some(({ url }) => url === spec.url);
  return listed ? { engine: 'wllama', modelId: spec.modelId } : null;
}

function encode(preset: Preset): string {
  const bytes = new TextEncoder().encode(JSON.stringify(preset));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function decode(encoded: string): unknown {
  const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
}

/** The address behind the page's own, from `#` on; null when the data is not a sample task and must go as a file. */
export function presetHref(config: RunConfig, { source }: Pick<Dataset, 'source'>): string | null {
  const task = source.kind === 'built-in' ? builtInTasks.find(({ id }) => id === source.task) : undefined;
  if (task === undefined) return null;
  const { method, options, seed, sizes, budget, answer, userPrompt, askMe } = config;
  const rewriting = config.optimizerModel && sharedModel(config.optimizerModel);
  const models = { model: sharedModel(config.taskModel), rewriting, inTurns: config.inTurns ?? false };
  const shared = { v: 1, task: task.id, ...models } as const;
  const preset = { ...shared, method, options, seed, sizes, budget, answer, prompt: userPrompt, askMe };
  return hrefTo('setup', undefined, { preset: encode(preset) });
}

function refuse(what: string, cause?: unknown): AppError {
  const message = `This link cannot be used: ${what} Ask for it again, or choose a task below.`;
  return new AppError('invalid-option', message, { cause });
}

/** @throws AppError `invalid-option` that says what is wrong with the link */
export function readPreset(encoded: string): Preset {
  if (encoded.length > 100_000) throw refuse('it is too long.');
  let decoded: unknown;
  try {
    decoded = decode(encoded);
  } catch (error) {
    throw refuse('it is damaged, perhaps cut when it was copied.', error);
  }
  const result = v.safeParse(presetSchema, decoded, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw refuse(`its ${v.getDotPath(issue) ?? 'content'} is none that this version knows.`);
  }
  const preset = result.output;
  if (isMethodId(preset.method)) resolveOptions(methods[preset.method].options, preset.options);
  return preset;
}

function specOf(shared: NonNullable<Preset['model']>): ModelSpec {
  if (shared.engine === 'simulated') return { ...shared, paceMs: watchablePaceMs };
  if (shared.engine === 'webllm') return shared;
  return { ...shared, url: smallModels.find(({ id }) => id === shared.modelId)?.url ?? '' };
}

/** The settings of the link for its task's dataset. @throws AppError `invalid-option` when they do not fit it */
export function presetConfig(preset: Preset, dataset: Dataset): RunConfig {
  const { sizes, answer, budget, askMe, method, options, seed } = preset;
  const wanted = sizes.train + sizes.validation + sizes.test;
  if (wanted > dataset.examples.length)
    throw refuse(`it asks for ${wanted} examples, the task has ${dataset.examples.length}.`);
  return {
    name: dataset.name,
    datasetId: dataset.id,
    metric: dataset.metric,
    choices: dataset.choices,
    ...{ method, options, seed, sizes, answer, budget, askMe },
    userPrompt: preset.prompt,
    taskModel:
      preset.model === null
        ? { engine: 'simulated', skill: 'middling', paceMs: watchablePaceMs }
        : specOf(preset.model),
    optimizerModel: preset.rewriting && specOf(preset.rewriting),
    ...(preset.inTurns ? { inTurns: true } : {}),
  };
}

/** What starting it will do, in sentences. */
export function presetInWords(preset: Preset, dataset: Dataset): string[] {
  const method = isMethodId(preset.method) ? methods[preset.method].title : preset.method;
  const { train, validation, test } = preset.sizes;
  return [
    `${method} on the sample task “${dataset.name}”, with ${train + validation + test} examples and seed ${preset.seed}.`,
    modelInWords(preset.model),
    ...(preset.rewriting ? [`The rewrites: ${modelInWords(preset.rewriting)}`] : []),
    preset.prompt === null
      ? 'The model writes the first prompt.'
      : 'It starts from a prompt that came with the link. Read it below before you use it.',
  ];
}

function modelInWords(shared: Preset['model']): string {
  if (shared === null)
    return 'The link names no model, since its own was reached by an address. Choose one below.';
  if (shared.engine === 'simulated') return 'The simulated model answers; nothing is downloaded.';
  return `${shared.modelId} answers in this page. It is downloaded when the run starts, unless it is here already.`;
}
