/** What this machine can do, found out within a second and without downloading anything. The words are the page's. */
import { inEnglish, type PromptApi } from './prompt-api/api.ts';

export interface MachineReport {
  /** Null: no WebGPU. */
  readonly gpu: GpuReport | null;
  /** Class of the machine's memory as the browser tells it (rounded, at most 8 or 32); null where it does not. */
  readonly memoryGB: number | null;
  readonly cores: number | null;
  /** Room in the browser's storage; null where it cannot tell. */
  readonly freeBytes: number | null;
  readonly builtInModel: BuiltInModel;
  /** Threads with shared memory are allowed (COOP and COEP). */
  readonly isIsolated: boolean;
  /** https or localhost; elsewhere no model runs in the page, see `secure-page.ts`. */
  readonly isSecure: boolean;
}

export interface GpuReport {
  /** May be empty: browsers hide it. */
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly hasF16: boolean;
  /** WebGPU on the CPU: works, and is too slow for a model. */
  readonly isSoftware: boolean;
  readonly maxBufferBytes: number;
  readonly maxStorageBufferBytes: number;
}

/** The browser's own model (Prompt API). */
export type BuiltInModel = 'available' | 'downloadable' | 'downloading' | 'unavailable' | 'missing';

/** What is asked; a parameter for the tests. Works in a page and in a worker (which has no Prompt API). */
export interface MachineScope {
  readonly navigator: {
    readonly gpu?: { requestAdapter(options: GPURequestAdapterOptions): Promise<GPUAdapter | null> };
    readonly deviceMemory?: number;
    readonly hardwareConcurrency?: number;
    readonly storage?: { estimate(): Promise<StorageEstimate> };
  };
  readonly LanguageModel?: Pick<PromptApi, 'availability'>;
  readonly crossOriginIsolated?: boolean;
  readonly isSecureContext?: boolean;
}

/** Milliseconds for each question; what gives no answer by then counts as not there. */
const questionMs = 1000;

export async function detectMachine(scope: MachineScope = globalThis): Promise<MachineReport> {
  const { navigator, LanguageModel } = scope;
  const [gpu, freeBytes, builtInModel] = await Promise.all([
    answerOr(null, () => gpuOf(navigator.gpu)),
    answerOr(null, () => freeBytesOf(navigator.storage)),
    answerOr<BuiltInModel>('unavailable', () => builtInModelOf(LanguageModel)),
  ]);
  return {
    gpu,
    memoryGB: navigator.deviceMemory ?? null,
    cores: navigator.hardwareConcurrency ?? null,
    freeBytes,
    builtInModel,
    isIsolated: scope.crossOriginIsolated ?? false,
    isSecure: scope.isSecureContext ?? false,
  };
}

async function gpuOf(gpu: MachineScope['navigator']['gpu']): Promise<GpuReport | null> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  return {
    vendor,
    architecture,
    description,
    hasF16: adapter.features.has('shader-f16'),
    isSoftware:
      isFallbackAdapter ||
      /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${architecture} ${description}`),
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxStorageBufferBytes: adapter.limits.maxStorageBufferBindingSize,
  };
}

async function freeBytesOf(storage: MachineScope['navigator']['storage']): Promise<number | null> {
  const { quota, usage } = (await storage?.estimate()) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

async function builtInModelOf(api: MachineScope['LanguageModel']): Promise<BuiltInModel> {
  if (!api) return 'missing';
  const answer = await api.availability(inEnglish); // as it is loaded: the answer is about these languages
  const known: readonly BuiltInModel[] = ['available', 'downloadable', 'downloading'];
  return known.find((state) => state === answer) ?? 'unavailable';
}

/** A question the browser refuses or forgets must not hold up the others. */
function answerOr<T>(otherwise: T, question: () => Promise<T>): Promise<T> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(otherwise), questionMs);
    void question()
      .catch(() => otherwise)
      .then((answer) => {
        clearTimeout(late);
        resolve(answer);
      });
  });
}
