// Put before all other scripts of the model worker in one check: takes the mend of the merge kernel out again, as a GPU would
// have it on which the mend does not help.
{
  const create = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    const isMerge = descriptor.code.includes('Function: merge_state_inplace_kernel');
    const code = isMerge ? descriptor.code.replace(/\n\s*workgroupBarrier\(\);/g, '') : descriptor.code;
    return create.call(this, { ...descriptor, code });
  };
}
