/** Loads a GGUF model on the CPU. Importing this module costs 0.3 MB and an 8.8 MB WebAssembly file: only when asked. */
import { Wllama } from '@wllama/wllama/esm/index.js';
import { AppError } from '../../core/errors.ts';
import type { ModelIdentity } from '../../core/language-model.ts';
import type { LoadContext, LoadedEngine } from '../engine.ts';
import type { WllamaSpec } from '../spec.ts';
import { fingerprintOf } from './fingerprint.ts';
import { openModelFile, untilAborted } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { createMeter } from './progress.ts';
import { renewing } from './renewing-session.ts';
import { startSession } from './session.ts';
import type { Session, SessionSettings } from './session.ts';
import { threadsFor } from './threads.ts';
import { WllamaModel } from './wllama-model.ts';

/** Tokens; its cache takes 50 to 150 MB with small models. */
const defaultWindow = 4096;

/** @throws AppError with a next step for everything that can be foreseen */
export async function loadWllama(spec: WllamaSpec, context: LoadContext): Promise<LoadedEngine> {
  requireMemory64();
  const { signal, onProgress } = context;
  const meter = createMeter(() => performance.now());
  const file = await openModelFile(spec, {
    signal,
    onDownload: (loaded, total) => onProgress(meter.downloading(loaded, total)),
  });
  onProgress(meter.starting(file.bytes));
  const identity = identityOf(spec, file.bytes, await fingerprintOf(file.blobs));
  const settings = settingsOf(spec);
  const first = await start(file, settings, signal);
  onProgress(meter.ready(file.bytes));
  const session = renewing(first, () => startSession(file.blobs, settings));
  return {
    model: new WllamaModel(session, { identity, contextWindow: first.contextWindow }),
    notes: [`on the processor, ${settings.threads === 1 ? '1 thread' : `${settings.threads} threads`}`],
    unload: () => session.end(),
  };
}

async function start(file: ModelFile, settings: SessionSettings, signal: AbortSignal): Promise<Session> {
  const starting = startSession(file.blobs, settings);
  try {
    return await untilAborted(starting, signal);
  } catch (thrown) {
    if (signal.aborted) void starting.then((session) => session.end()).catch(() => undefined);
    if (thrown instanceof AppError && thrown.code === 'model-corrupt') await file.forget();
    throw thrown;
  }
}

function settingsOf({ contextWindow = defaultWindow, threads }: WllamaSpec): SessionSettings {
  const machine = { isIsolated: crossOriginIsolated, cores: navigator.hardwareConcurrency };
  return { contextWindow, threads: threadsFor(machine, threads) };
}

/** The content says which file it is, wherever it lies by that name; the engine's version how it calculates. */
function identityOf({ modelId, url }: WllamaSpec, bytes: number, fingerprint: string): ModelIdentity {
  const version = Wllama.getLibllamaVersion();
  const model = `${modelId} (${url}, ${bytes} bytes, SHA-256 of samples ${fingerprint}, llama.cpp ${version})`;
  return { engine: 'wllama', model };
}

/** The engine's WebAssembly addresses memory with 64 bits; the build for older browsers lies on a foreign server. */
function requireMemory64(): void {
  try {
    new WebAssembly.Memory({ address: 'i64', initial: 1n } as unknown as WebAssembly.MemoryDescriptor);
  } catch (cause) {
    throw new AppError(
      'unsupported',
      'This browser is too old for the CPU engine (it lacks 64-bit WebAssembly memory). Use a current Chrome, Edge or Firefox, or choose the simulated model.',
      { cause },
    );
  }
}
