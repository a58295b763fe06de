/** How the figures of a run came about, for everything that is exported. Read off its record, nothing is guessed. */
import { methods, isMethodId } from '../../core/methods.ts';
import type { Budget } from '../../core/run/meter.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { RunRecord } from '../../workers/protocol.ts';
import { count } from '../format.ts';
import { metricInWords, sourceInWords } from '../text.ts';
import { modelName } from './model-name.ts';
import { modelTimeInWords } from './model-time.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** `q4f16_1` in WebLLM's names, `Q4_K_M` in those of GGUF files. */
function quantizationOf(spec: ModelSpec): string | null {
  const name =
    spec.engine === 'webllm' ? spec.modelId : spec.engine === 'wllama' ? `${spec.modelId} ${spec.url}` : '';
  return (
    /(?<![a-z0-9])(?:q\d+f\d+(?:_\d)?|i?q\d(?:_[a-z0-9]+)+|[bf]f?16|f32)(?![a-z0-9])/i.exec(name)?.[0] ?? null
  );
}

function modelInWords(spec: ModelSpec): string {
  if (spec.engine === 'simulated') return `${modelName(spec)} (not a language model)`;
  const quantization = quantizationOf(spec);
  return quantization === null ? modelName(spec) : `${modelName(spec)} (quantization ${quantization})`;
}

function budgetInWords({ calls, tokens, minutes }: Budget): string {
  const limits = [
    calls === null ? null : `${count(calls)} calls`,
    tokens === null ? null : `${count(tokens)} tokens`,
    minutes === null ? null : `${count(minutes)} minutes`,
  ].filter((limit) => limit !== null);
  return limits.length === 0 ? 'no limit' : limits.join(', ');
}

/** The names of the options as a program takes them, behind the name of the preset they are. */
export function settingsInWords({ method, options }: RunRecord['config']): string {
  const changed = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`);
  if (changed.length === 0) return 'defaults';
  const presets = isMethodId(method) ? Object.values(methods[method].presets) : [];
  const preset = presets.find((one) => isSame(one.options, options));
  return preset ? `${preset.title} (${changed.join(', ')})` : changed.join(', ');
}

function isSame(one: object, other: object): boolean {
  const sorted = (options: object): string => JSON.stringify(Object.entries(options).sort());
  return sorted(one) === sorted(other);
}

export function provenanceOf(
  { config, report, createdAt, versions, adopted = 0 }: RunRecord,
  dataset: Dataset,
): Fact[] {
  const { train, validation, test } = config.sizes;
  const { constrain, maxTokens } = config.answer;
  const spent = report?.spent;
  const facts: [string, string | null][] = [
    ['Task', `${dataset.name}, ${count(dataset.examples.length)} examples, ${sourceInWords(dataset.source)}`],
    ['Task model', modelInWords(config.taskModel)],
    ['Rewriting model', config.optimizerModel === null ? null : modelInWords(config.optimizerModel)],
    ['Method', isMethodId(config.method) ? methods[config.method].title : config.method],
    ['Settings', settingsInWords(config)],
    ['Seed', String(config.seed)],
    [
      'Begun from',
      config.fork === undefined
        ? null
        : `a prompt of run ${config.fork.runId}, with its examples: that run has looked at these test examples too`,
    ],
    ['Examples', `${train} to learn from, ${validation} to decide with, ${test} for the final test`],
    [
      'Answers',
      `${metricInWords(config.metric)}, at most ${maxTokens} tokens${constrain ? ', one of the labels enforced' : ''}, temperature 0`,
    ],
    ['Budget', budgetInWords(config.budget)],
    [
      'Used',
      spent === undefined
        ? null
        : `${count(spent.taskCalls)} task calls, ${count(spent.optimizerCalls)} rewriting calls, ${modelTimeInWords(spent.modelMs, config.taskModel)}`,
    ],
    ['Known before', adopted === 0 ? null : `${count(adopted)} answers of earlier runs, not asked again`],
    ['Started', new Date(createdAt).toISOString().replace('T', ' ').slice(0, 16) + ' UTC'],
    [
      'Versions',
      versions === undefined
        ? null
        : Object.entries(versions)
            .map(([name, version]) => `${name} ${version}`)
            .join(', '),
    ],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}
