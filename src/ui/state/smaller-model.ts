/** The next smaller model of the same kind, for a machine on which one was too large. */
import type { CatalogModel } from '../../models/catalog.ts';
import type { ModelSpec } from '../../models/spec.ts';
import type { SmallModel } from '../../models/wllama/catalog.ts';

interface Catalogs {
  readonly webllm: readonly CatalogModel[];
  /** For the processor. */
  readonly wllama: readonly SmallModel[];
}

/** A model that asks for hardly less memory would fail in the same way. */
const clearlyLess = 0.8;

/** Its id, of the same family where there is one; needs no GPU feature that the first did not. Null where none is smaller, or nobody knows how large the model is (an endpoint, a model by address). */
export function smallerModel(spec: ModelSpec, { webllm, wllama }: Catalogs): string | null {
  if (spec.engine === 'webllm') {
    const current = webllm.find(({ id }) => id === spec.modelId);
    if (!current) return null;
    const others = webllm.filter((one) => one.isGeneral && (!one.needsF16 || current.needsF16));
    const family = others.filter((one) => one.family === current.family);
    return nextBelow(family, current.vramMB, vramMB) ?? nextBelow(others, current.vramMB, vramMB);
  }
  if (spec.engine !== 'wllama') return null;
  const current = wllama.find(({ url }) => url === spec.url);
  return current ? nextBelow(wllama, current.downloadBytes, ({ downloadBytes }) => downloadBytes) : null;
}

const vramMB = (model: CatalogModel): number => model.vramMB;

function nextBelow<M extends { readonly id: string }>(
  models: readonly M[],
  size: number,
  sizeOf: (model: M) => number,
): string | null {
  const smaller = models.filter((model) => sizeOf(model) <= size * clearlyLess);
  return smaller.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]?.id ?? null;
}
