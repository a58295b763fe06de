/**
 * What the model worker asks of an engine, whichever it is. Each engine's folder has one module that fulfils it;
 * `engines.ts` says which. A new engine is a new folder and one line there.
 */
import type { LanguageModel } from '../core/language-model.ts';
import type { SimulatedWorld } from './simulated/world.ts';
import type { LoadProgress, ModelSpec } from './spec.ts';
import type { Waiting } from './waiting.ts';

export interface LoadContext {
  /** The task's world; only the simulated model needs it. */
  readonly world: SimulatedWorld | null;
  /** For an endpoint that asks for one. Not part of the spec: what is stored and exported must not hold it. */
  readonly key?: string | null;
  readonly onProgress: (progress: LoadProgress) => void;
  /**
   * Given all notes when one has changed while the model was in use, and what it waits for outside of this machine at
   * the moment: null when nothing.
   */
  readonly onNotes?: (notes: readonly string[], waiting?: Waiting | null) => void;
  /** Aborted when the load is no longer wanted: `load` then rejects with `cancelled`. */
  readonly signal: AbortSignal;
}

export interface LoadedEngine {
  readonly model: LanguageModel;
  /** Facts about this load for the page, in words ("16-bit floats", "2 threads"); see also `LoadContext.onNotes`. */
  readonly notes: readonly string[];
  /** Gives all memory back. The model answers nothing afterwards. */
  unload(): Promise<void>;
}

/** A model's files that were downloaded and kept. */
export interface KeptModel {
  readonly modelId: string;
  /** Null where the engine cannot tell. */
  readonly bytes: number | null;
  /** False when a download was broken off; loading it goes on from there. */
  readonly complete: boolean;
}

export interface Engine<S extends ModelSpec = ModelSpec> {
  load(spec: S, context: LoadContext): Promise<LoadedEngine>;
  kept(): Promise<readonly KeptModel[]>;
  /** Does nothing when there is no such model. */
  deleteKept(modelId: string): Promise<void>;
}
