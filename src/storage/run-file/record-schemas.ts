/** A run, its dataset and its replies, as they are stored. */
import * as v from 'valibot';
import type { ErrorCode } from '../../core/errors.ts';
import type { Completion } from '../../core/language-model.ts';
import type { RecordedReply } from '../../core/run/recorder.ts';
import type { Dataset, DatasetSource } from '../../data/dataset.ts';
import type { Facet } from '../../models/simulated/world.ts';
import type { ModelSpec, SimulatedSpec } from '../../models/spec.ts';
import type { RunConfig, RunRecord, RunStatus } from '../run-record.ts';
import type { PersonRecord } from '../schema.ts';
import { count, example, finite, metric, report, sizes, storedId, strings, text } from './common-schemas.ts';
import { personAction } from './event-schema.ts';
import { object, oneOf, tagged } from './tagged.ts';

/** Of a former version too: a code that the page does not know is shown as a failure without advice. */
const errorCode = v.custom<ErrorCode>(
  (value) => typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(value),
);

const modelSpec = tagged<ModelSpec, 'engine'>('engine', {
  simulated: {
    skill: oneOf<SimulatedSpec['skill']>({ weak: true, middling: true, strong: true }),
    paceMs: v.optional(count),
  },
  webllm: {
    modelId: text,
    custom: v.optional(v.object({ model: text, modelLib: text })),
    contextWindow: v.optional(count),
    mirror: v.optional(text),
  },
  wllama: {
    modelId: text,
    url: text,
    contextWindow: v.optional(count),
    threads: v.optional(count),
  },
  endpoint: {
    baseUrl: text,
    model: text,
    concurrency: count,
    contextWindow: v.optional(count),
    thinking: v.optional(v.literal('off')),
  },
  'prompt-api': {},
});

const config = object<RunConfig>({
  name: text,
  datasetId: storedId,
  method: text,
  options: v.record(text, v.union([finite, text, v.boolean()])),
  seed: finite,
  sizes,
  metric,
  choices: strings,
  answer: v.object({ maxTokens: count, suffix: text, constrain: v.boolean() }),
  userPrompt: v.nullable(text),
  taskModel: modelSpec,
  optimizerModel: v.nullable(modelSpec),
  inTurns: v.optional(v.boolean()),
  budget: v.object({
    calls: v.nullable(finite),
    tokens: v.nullable(finite),
    minutes: v.nullable(finite),
  }),
  askMe: v.boolean(),
  askAnew: v.optional(v.boolean()),
  fork: v.optional(v.object({ runId: storedId, splitSeed: finite })),
});

export const runRecord = object<RunRecord>({
  schemaVersion: v.literal(1),
  id: storedId,
  config,
  status: oneOf<RunStatus>({
    running: true,
    paused: true,
    interrupted: true,
    finished: true,
    stopped: true,
    failed: true,
  }),
  createdAt: finite,
  updatedAt: finite,
  eventCount: count,
  report: v.nullable(report),
  error: v.nullable(
    v.object({
      code: errorCode,
      message: text,
      place: v.optional(
        v.object({ file: v.optional(text), row: v.optional(count), field: v.optional(text) }),
      ),
    }),
  ),
  adopted: v.optional(count),
  stoppedAt: v.optional(count),
  versions: v.optional(v.record(text, text)),
});

export const datasetSource = tagged<DatasetSource, 'kind'>('kind', {
  'built-in': { task: text, seed: finite },
  file: { name: text, format: text },
  pasted: { format: text },
  edited: { from: text },
});

const facet = object<Facet>({
  id: text,
  kind: oneOf<Facet['kind']>({ format: true, step: true, convention: true }),
  label: text,
  statements: strings,
  cues: v.array(strings),
});

export const facets = v.nullable(v.array(facet));
export const needs = v.nullable(v.record(text, v.object({ needs: strings, slips: v.record(text, text) })));

export const datasetRecord = object<Dataset>({
  schemaVersion: v.literal(1),
  id: storedId,
  name: text,
  description: text,
  source: datasetSource,
  metric,
  choices: strings,
  examples: v.array(example),
  facets,
  needs,
  createdAt: finite,
});

const usage = v.object({
  promptTokens: finite,
  cachedTokens: finite,
  completionTokens: finite,
  prefillMs: finite,
  decodeMs: finite,
});

export const recordedReply = tagged<RecordedReply, 'kind'>('kind', {
  completion: {
    completion: v.object({
      text,
      finishReason: oneOf<Completion['finishReason']>({ stop: true, length: true }),
      usage,
    }),
  },
  failure: { code: errorCode, message: text },
});

export const personRecord = object<PersonRecord>({
  actions: v.optional(v.array(personAction)),
  keep: v.optional(v.boolean()),
});
