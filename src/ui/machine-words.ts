/** What a machine can do, in words. */
import type { CatalogModel } from '../models/catalog.ts';
import type { BuiltInModel, MachineReport } from '../models/detect.ts';
import type { Recommendation } from '../models/recommend.ts';
import { bytes } from './format.ts';

/** Why none is offered where the page came by plain http, and what there is instead. */
export const plainHttpWords = {
  title: 'Models that run in this browser need https or localhost',
  body: 'This page came by plain http from another machine. Open it by https, or on the computer that serves it (http://localhost). The simulated model works here, and so does an endpoint in your network; data, results and backups do too.',
} as const;

export function graphicsInWords({ gpu, isSecure }: MachineReport): string {
  if (!isSecure) return 'not available: this address is not secure (https or localhost)';
  if (gpu === null) return 'no WebGPU in this browser';
  if (gpu.isSoftware) return 'WebGPU in software, too slow for a model';
  const name = [gpu.vendor, gpu.architecture].filter((part) => part !== '').join(' ');
  return `WebGPU${name === '' ? '' : ` (${name})`}, ${gpu.hasF16 ? '16-bit floats' : 'no 16-bit floats'}`;
}

export function suggestionInWords(recommendation: Recommendation): string {
  if (recommendation.engine === 'webllm') return modelInWords(recommendation.model);
  const why = {
    'no-gpu': 'without WebGPU no large model runs here',
    'software-gpu': 'without a real graphics processor a large model is too slow',
    'no-room': 'no model of the list fits this machine',
    'plain-http': 'models that run in this browser need https or localhost',
  }[recommendation.why];
  const instead =
    recommendation.engine === 'wllama' ? 'a small model on the processor' : 'the simulated model';
  return `${instead}: ${why}`;
}

/** “Llama 3.2 1B Instruct, 880 MB to download” */
function modelInWords(model: CatalogModel): string {
  return `${modelName(model)}, about ${bytes(model.downloadBytes)} to download`;
}

/** “Llama-3.2-1B-Instruct-q4f16_1-MLC” → “Llama 3.2 1B Instruct” */
export function modelName({ id, quantization }: Pick<CatalogModel, 'id' | 'quantization'>): string {
  const bare = id.replace(/-MLC(-1k)?$/, '').replace(quantization, '');
  return bare.replaceAll(/[-_]+/g, ' ').trim();
}

export function memoryInWords({ memoryGB, cores }: MachineReport): string {
  const parts = [
    memoryGB === null ? null : `${memoryGB} GB or more of memory`,
    cores === null ? null : `${cores} processor cores`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'not told by this browser' : parts.join(', ');
}

/** The browser's own model (Prompt API), beside its name. */
export const builtInAside: Readonly<Record<BuiltInModel, string>> = {
  available: 'no download',
  downloadable: 'downloaded by the browser',
  downloading: 'being downloaded',
  unavailable: 'not on this machine',
  missing: 'not in this browser',
};

export const builtInWords: Readonly<Record<BuiltInModel, string>> = {
  available: 'It is here already; nothing leaves this machine.',
  downloadable:
    'When you start, the browser downloads some gigabytes, once for all sites; then nothing leaves this machine.',
  downloading: 'The browser is downloading it; a run waits until it is there.',
  unavailable: 'This browser has one, and says that this machine cannot run it.',
  missing: 'This browser offers none. Choose another model.',
};
