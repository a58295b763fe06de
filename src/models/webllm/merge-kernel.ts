/**
 * Mends a race in TVM's kernel `merge_state_inplace`, which joins the attention to what is in the KV cache with the
 * attention to the new tokens: the threads of a row read S, and each writes it at its end without a barrier in between.
 * It runs whenever more than one token is prefilled onto a cache that is not empty. GPUs that run a row's threads in
 * lockstep hide the race; elsewhere the model answers wrongly and nobody is told. One barrier before the first use mends it.
 */

const kernel = /Function: merge_state_inplace_kernel\b/;
const firstUse = /\n([ \t]*)(s_max\[0i?\] = max\()/;

/** `missing`: no such kernel was compiled. `unknown`: one whose code is another, or was mended elsewhere in another way. */
export type MergeKernel = 'sound' | 'missing' | 'unknown';

export interface MergeKernelWatch {
  /** What has been compiled since the watch began. */
  state(): MergeKernel;
  /** Ends the watch: later programs are compiled as they are. */
  end(): void;
}

/** The part of `GPUDevice.prototype` this wraps. */
interface ShaderCompiler {
  createShaderModule(descriptor: GPUShaderModuleDescriptor): GPUShaderModule;
}

/** To be called before the engine compiles its programs. */
export function mendMergeKernel(device: ShaderCompiler): MergeKernelWatch {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the device it was called on
  const { createShaderModule } = device;
  let state: MergeKernel = 'missing';
  device.createShaderModule = function (descriptor) {
    if (!kernel.test(descriptor.code)) return createShaderModule.call(this, descriptor);
    const code = withBarrier(descriptor.code);
    state = code !== null && state !== 'unknown' ? 'sound' : 'unknown';
    return createShaderModule.call(this, { ...descriptor, code: code ?? descriptor.code });
  };
  return {
    state: () => state,
    end() {
      device.createShaderModule = createShaderModule;
    },
  };
}

function withBarrier(code: string): string | null {
  if (code.includes('workgroupBarrier()')) return code;
  return firstUse.test(code) ? code.replace(firstUse, '\n$1workgroupBarrier();\n$1$2') : null;
}
