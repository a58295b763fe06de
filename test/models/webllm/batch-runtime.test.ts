import { describe, expect, it } from 'vitest';
import { batchRuntimeOf } from '../../../src/models/webllm/batch-runtime.ts';

/** A pipeline with all that a batch takes; its tensors only have a shape. */
class FakePipeline {
  readonly caches: { sequences: number; disposed: boolean; dispose: () => void }[] = [];
  readonly calls: string[] = [];
  readonly functions: Record<string, unknown> = {
    batch_prefill: (embedded: { shape: number[] }) => this.#logits('prefill', embedded),
    batch_decode: (embedded: { shape: number[] }) => this.#logits('decode', embedded),
    create_tir_paged_kv_cache: (sequences: number[]) => this.#create(sequences[0] ?? 0),
  };
  mostSequences = 100;
  rows = 0;
  readonly params = {};
  readonly config: Record<string, unknown> = { repetition_penalty: 1.1, presence_penalty: null };
  readonly tokenizer = { encode: () => Int32Array.of(7, 8), decode: (ids: Int32Array) => ids.join(' ') };
  readonly stopStr = ['<end>'];
  readonly stopTokens = [2];
  readonly outputIds = [5, 6];
  readonly contextWindowSize = 256;
  readonly prefillChunkSize = 64;
  filledKVCacheLength = 9;
  kvCache = this.#create(1);
  readonly device = { sync: () => Promise.resolve() };
  readonly vm = {
    getFunction: (name: string) => {
      const found = this.functions[name];
      if (!found) throw new Error(`there is no function ${name}`);
      return found;
    },
  };
  readonly tvm = {
    open: 0,
    beginScope: () => this.tvm.open++,
    endScope: () => this.tvm.open--,
    detachFromCurrentScope: (value: unknown) => value,
    makeShapeTuple: (shape: number[]) => shape,
    scalar: (value: number) => value,
    cpu: () => 'cpu',
    getGlobalFunc: () => (_: object, from: number, to: number, at: number) =>
      this.calls.push(`fork ${from} ${to} ${at}`),
    empty: (shape: number[]) => ({ shape, copyFrom: (data: unknown) => data }),
  };

  embed(ids: readonly number[]) {
    return { shape: [ids.length, 4], view: (shape: number[]) => ({ shape }) };
  }

  resetKVCache(): void {
    this.calls.push('reset');
  }

  fKVCacheBeginForward(_: object, sequences: number[], lengths: number[]): void {
    this.rows = sequences.length;
    this.calls.push(`begin ${sequences.join()} with ${lengths.join()}`);
  }

  fKVCacheEndForward(): void {
    this.calls.push('end');
  }

  fKVCacheRemoveSequence(_: object, sequence: number): void {
    this.calls.push(`remove ${sequence}`);
  }

  #create(sequences: number) {
    if (sequences > this.mostSequences) throw new Error('no room');
    const cache = { sequences, disposed: false, dispose: () => void (cache.disposed = true) };
    this.caches.push(cache);
    return cache;
  }

  /** Row i has the logits 10 i and 10 i + 1. */
  #logits(kernel: string, { shape }: { shape: number[] }) {
    this.calls.push(`${kernel} ${shape.join('×')}`);
    const values = Float32Array.from({ length: 2 * this.rows }, (_, i) => 10 * (i >> 1) + (i % 2));
    return { get: () => ({ shape: [1, this.rows, 2], dtype: 'float32', toArray: () => values }) };
  }
}

function engineWith(pipeline: object): object {
  return { loadedModelIdToPipeline: new Map([['m', pipeline]]) };
}

describe('the runtime for several sequences', () => {
  it('gives the engine a KV cache with as many, in place of its own', () => {
    const pipeline = new FakePipeline();
    expect(batchRuntimeOf(engineWith(pipeline), 'm', 4)).not.toBeNull();
    expect(pipeline.caches.map(({ sequences, disposed }) => [sequences, disposed])).toEqual([
      [1, true],
      [5, false],
    ]);
    expect([pipeline.kvCache.sequences, pipeline.filledKVCacheLength]).toEqual([5, 0]);
    expect([pipeline.calls, pipeline.tvm.open]).toEqual([['reset'], 0]);
  });

  it('gives back a cache like the engine’s own where no larger one can be made', () => {
    const pipeline = new FakePipeline();
    pipeline.mostSequences = 1;
    expect(batchRuntimeOf(engineWith(pipeline), 'm', 4)).toBeNull();
    expect([pipeline.kvCache.sequences, pipeline.kvCache.disposed]).toEqual([1, false]);
  });

  it.each(['batch_prefill', 'batch_decode', 'create_tir_paged_kv_cache'])(
    'is not there, and nothing is touched, where a library has no %s',
    (name) => {
      const pipeline = new FakePipeline();
      pipeline.functions[name] = undefined;
      expect(batchRuntimeOf(engineWith(pipeline), 'm', 4)).toBeNull();
      expect([pipeline.kvCache.disposed, pipeline.tvm.open]).toEqual([false, 0]);
    },
  );

  it.each(['params', 'stopTokens', 'fKVCacheBeginForward', 'prefillChunkSize'])(
    'is not there where the engine’s private %s has gone',
    (name) => {
      const pipeline = Object.assign(new FakePipeline(), { [name]: undefined });
      expect(batchRuntimeOf(engineWith(pipeline), 'm', 4)).toBeNull();
    },
  );

  it('reads prompts in one pass and decodes a token of each in another, a row of logits per sequence', async () => {
    const pipeline = new FakePipeline();
    const runtime = batchRuntimeOf(engineWith(pipeline), 'm', 4);
    runtime?.fork(1);
    const read = await runtime?.forward([
      { sequence: 1, tokens: [1, 2, 3] },
      { sequence: 2, tokens: [4] },
    ]);
    expect(read?.map((row) => [...row])).toEqual([
      [0, 1],
      [10, 11],
    ]);
    await runtime?.forward([{ sequence: 2, tokens: [5] }]);
    runtime?.drop(1);
    expect(pipeline.calls).toEqual([
      'reset',
      'fork 0 1 -1',
      'begin 1,2 with 3,1',
      'prefill 1×4×4',
      'end',
      'begin 2 with 1',
      'decode 1×1×4',
      'end',
      'remove 1',
    ]);
    expect(pipeline.tvm.open).toBe(0);
  });

  it('takes penalties, stops and the last reply from the engine', () => {
    const runtime = batchRuntimeOf(engineWith(new FakePipeline()), 'm', 4);
    expect(runtime?.penalties).toEqual({ presence: 0, frequency: 0, repetition: 1.1 });
    expect(runtime?.stops()).toEqual({ texts: ['<end>'], tokens: [2] });
    expect([runtime?.lastReply(), runtime?.encode('x'), runtime?.decode([3, 4])]).toEqual([
      [5, 6],
      [7, 8],
      '3 4',
    ]);
  });
});
