/** Looks into WebLLM's private fields without a claim about their types: what is missing gives undefined, null or an error. */

export type Callable = (...args: unknown[]) => unknown;

/** A function of the runtime, to be kept beyond the scope in which it was looked up. */
export function runtimeFunction(tvm: unknown, name: string): Callable | null {
  return typeof field(tvm, 'scalar') === 'function'
    ? kept(tvm, () => call(tvm, 'getGlobalFunc', name))
    : null;
}

/** A function of the model's own library, to be kept in the same way. */
export function modelFunction(pipeline: unknown, name: string): Callable | null {
  return kept(field(pipeline, 'tvm'), () => call(field(pipeline, 'vm'), 'getFunction', name));
}

function kept(tvm: unknown, look: () => unknown): Callable | null {
  try {
    call(tvm, 'beginScope');
  } catch {
    return null;
  }
  try {
    const found = call(tvm, 'detachFromCurrentScope', look());
    return typeof found === 'function' ? (found as Callable) : null;
  } catch {
    return null; // no such function here
  } finally {
    call(tvm, 'endScope');
  }
}

export function call(owner: unknown, name: string, ...args: unknown[]): unknown {
  const method = field(owner, name);
  if (typeof method !== 'function') throw new TypeError(`There is no ${name}.`);
  return Reflect.apply(method, owner, args);
}

export function pipelineOf(engine: object, modelId: string): unknown {
  const pipelines = field(engine, 'loadedModelIdToPipeline');
  return pipelines instanceof Map ? pipelines.get(modelId) : undefined;
}

export function field(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined;
  return (owner as Record<string, unknown>)[name];
}
