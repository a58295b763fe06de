import { describe, expect, it } from 'vitest';
import { mendMergeKernel } from '../../../src/models/webllm/merge-kernel.ts';

const racing = [
  '// Function: merge_state_inplace_kernel',
  '  s_val[0i] = S[0];',
  '  s_max[0i] = max(s_val[0i], s_other_val[0i]);',
  '  S[0] = s_max[0i];',
].join('\n');

function fakeDevice() {
  const compiled: string[] = [];
  const createShaderModule = ({ code }: GPUShaderModuleDescriptor): GPUShaderModule => {
    compiled.push(code);
    return {} as GPUShaderModule;
  };
  return { device: { createShaderModule }, compiled };
}

describe('the merge kernel', () => {
  it('gets a barrier between reading S and writing it', () => {
    const { device, compiled } = fakeDevice();
    const watch = mendMergeKernel(device);
    device.createShaderModule({ code: racing });
    expect(compiled[0]).toMatch(/S\[0\];\n {2}workgroupBarrier\(\);\n {2}s_max\[0i\] = max/);
    expect(watch.state()).toBe('sound');
  });

  it('is left alone where it has one, like every other kernel', () => {
    const { device, compiled } = fakeDevice();
    const watch = mendMergeKernel(device);
    const others = ['// Function: matmul_kernel\n s_max[0i] = max(a, b)', `${racing}\nworkgroupBarrier();`];
    for (const code of others) device.createShaderModule({ code });
    expect(compiled).toEqual(others);
    expect(watch.state()).toBe('sound');
  });

  it('is reported when it is missing, or written in another way', () => {
    const { device } = fakeDevice();
    const watch = mendMergeKernel(device);
    expect(watch.state()).toBe('missing');
    device.createShaderModule({ code: '// Function: merge_state_inplace_kernel\n m = max(a, b);' });
    device.createShaderModule({ code: racing });
    expect(watch.state()).toBe('unknown');
  });

  it('is compiled as it is once the watch has ended', () => {
    const { device, compiled } = fakeDevice();
    mendMergeKernel(device).end();
    device.createShaderModule({ code: racing });
    expect(compiled).toEqual([racing]);
  });
});
