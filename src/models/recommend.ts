/** Which model of the catalog suits a machine. */
import type { CatalogModel } from './catalog.ts';
import type { MachineReport } from './detect.ts';

export type Recommendation =
  | { readonly engine: 'webllm'; readonly model: CatalogModel; readonly why: 'fits' }
  | { readonly engine: 'wllama' | 'simulated'; readonly why: 'no-gpu' | 'software-gpu' | 'no-room' }
  | { readonly engine: 'simulated'; readonly why: 'plain-http' };

/** Best first; a run asks hundreds of times, so small recent models beat larger old ones. */
const preferredFamilies = ['Qwen3', 'Llama-3.2', 'Qwen2.5', 'gemma3', 'SmolLM2'];
/** Larger models answer too slowly for hundreds of calls on most laptops. */
const comfortableMB = 2700;

/**
 * The largest preferred model that fits memory and storage.
 * @param fallback what runs on the CPU here
 */
export function recommendModel(
  machine: MachineReport,
  catalog: readonly CatalogModel[],
  fallback: 'wllama' | 'simulated',
): Recommendation {
  if (!machine.isSecure) return { engine: 'simulated', why: 'plain-http' };
  if (!machine.gpu) return { engine: fallback, why: 'no-gpu' };
  if (machine.gpu.isSoftware) return { engine: fallback, why: 'software-gpu' };
  const [model] = catalog.filter((one) => one.isGeneral && fits(one, machine)).sort(byPreference);
  return model ? { engine: 'webllm', model, why: 'fits' } : { engine: fallback, why: 'no-room' };
}

/** Whether a model should run on a machine; browsers tell the memory of the machine, not of the GPU. */
export function fits(model: CatalogModel, machine: MachineReport): boolean {
  const { gpu, memoryGB, freeBytes } = machine;
  if (!gpu || (model.needsF16 && !gpu.hasF16)) return false;
  if ((model.bufferBytes ?? 0) > gpu.maxStorageBufferBytes) return false;
  if (freeBytes !== null && model.downloadBytes > freeBytes) return false;
  return model.vramMB <= (memoryGB ?? 4) * 512;
}

function byPreference(a: CatalogModel, b: CatalogModel): number {
  return rank(b) - rank(a) || b.vramMB - a.vramMB;
}

/** Comfortable before preferred before large before needing less arithmetic. */
function rank({ family, vramMB, parameters, quantization, needsF16 }: CatalogModel): number {
  const place = preferredFamilies.indexOf(family);
  const isQuantized = !quantization.startsWith('q0');
  return (
    (vramMB <= comfortableMB ? 1000 : 0) +
    (isQuantized ? 500 : 0) +
    (place >= 0 ? 200 : 0) +
    Math.min(100, (parameters ?? 0) / 1e8) +
    (place >= 0 ? (preferredFamilies.length - place) / 10 : 0) +
    (needsF16 ? 0.05 : 0)
  );
}
