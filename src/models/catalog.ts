/** The WebLLM models there are, as the page shows them. The list itself is imported when asked for. */
import type { PrebuiltModel } from './webllm/prebuilt.ts';

export interface CatalogModel extends PrebuiltModel {
  /** The makers' name of the series, e.g. "Qwen3". */
  readonly family: string;
  /** Number of parameters, as the name says; null when it says nothing. */
  readonly parameters: number | null;
  /** Number format, e.g. "q4f16_1": 4-bit weights, 16-bit arithmetic. */
  readonly quantization: string;
  readonly needsF16: boolean;
  /** The same model for GPUs without 16-bit floats; null when there is none or this is one. */
  readonly f32Twin: string | null;
  /** Bytes to download, estimated from size and number format; never more than the GPU memory it takes. */
  readonly downloadBytes: number;
  /** Name of the licence where it is known for sure; null: see the model's own page. */
  readonly licence: string | null;
  /** What its files are kept under, see `KeptModel`: variants with a smaller window share them. */
  readonly filesId: string;
  /** General instruction model: not a base model, and not made for code, mathematics or role play. */
  readonly isGeneral: boolean;
}

export async function loadCatalog(): Promise<readonly CatalogModel[]> {
  const { prebuiltModels } = await import('./webllm/prebuilt.ts');
  const ids = new Set(prebuiltModels.map((model) => model.id));
  return prebuiltModels.map((model) => describe(model, ids));
}

function describe(model: PrebuiltModel, ids: ReadonlySet<string>): CatalogModel {
  const { id } = model;
  const quantization = /q\df\d\d(_\d)?/.exec(id)?.[0] ?? '';
  const parameters = parametersOf(id);
  const twin = id.replace(/(q\d)f16/, '$1f32');
  const family = familyOf(id);
  return {
    ...model,
    family,
    parameters,
    quantization,
    needsF16: quantization.includes('f16'),
    f32Twin: twin !== id && ids.has(twin) ? twin : null,
    downloadBytes: downloadBytes(parameters, quantization, model.vramMB),
    licence: licenceOf(family, id),
    filesId: id.replace(/-MLC-1k$/, '-MLC'),
    isGeneral: !/base|coder|math|reasoning|deepseek-r1|phi-1_5|phi-2|jpn/i.test(id),
  };
}

/** "0.6B", "1_6b", "360M". */
function parametersOf(id: string): number | null {
  const match = /[-_.]E?(\d+(?:[._]\d+)?)(b|m)(?=[-_.])/i.exec(id);
  if (!match?.[1] || !match[2]) return null;
  return Math.round(Number(match[1].replace('_', '.')) * (match[2].toLowerCase() === 'b' ? 1e9 : 1e6));
}

function downloadBytes(parameters: number | null, quantization: string, vramMB: number): number {
  const most = vramMB * 1e6;
  if (parameters === null) return most;
  const roundedDown = 1.15; // "1B" is 1.24 billion
  return Math.min(most, Math.round((parameters * bitsPerWeight(quantization) * roundedDown) / 8));
}

/** Weights in groups of 32 share one scale of the arithmetic's width. */
function bitsPerWeight(quantization: string): number {
  const [, bits = '4', width = '16'] = /q(\d)f(\d\d)/.exec(quantization) ?? [];
  return bits === '0' ? Number(width) : Number(bits) + Number(width) / 32;
}

const families = [
  'Llama',
  'Qwen',
  'gemma',
  'Phi',
  'SmolLM',
  'Mistral',
  'Ministral',
  'Hermes',
  'OLMo',
  'DeepSeek-R1',
];

function familyOf(id: string): string {
  const known = new RegExp(`^(?:Open|Neural)?(?:${families.join('|')})(?:-?\\d+(?:\\.\\d+)?)?`, 'i').exec(id);
  return known?.[0] ?? id.split('-')[0] ?? id;
}

function licenceOf(family: string, id: string): string | null {
  if (family.startsWith('Llama-3')) return 'Llama 3 Community';
  if (family.startsWith('Llama-2')) return 'Llama 2 Community';
  if (/^Qwen2\.5-(Coder-)?3B/.test(id)) return 'Qwen Research';
  if (/^Qwen(2|2\.5|3)$/.test(family) || /^(SmolLM|OLMo)/.test(family)) return 'Apache 2.0';
  if (/^gemma(-2|3|-2b)?/.test(id) && !id.startsWith('gemma-4')) return 'Gemma Terms';
  if (/^Phi-[34]/i.test(id)) return 'MIT';
  return null;
}
