// Prepended to the model worker's script in tests on a software WebGPU adapter (route it with the browser driver); never shipped.
//
// 1. Correctness: TVM's merge_state_inplace kernel reads and overwrites S without a barrier. It runs whenever more than one token is
//    prefilled onto a non-empty KV cache. Adapters that run a row of threads in lockstep hide the race; software adapters give wrong logits.
// 2. Speed: the dequantize + matmul kernels reduce through workgroupBarrier() trees, which cost nearly all the time on a CPU. They are
//    replaced by barrier-free WGSL with the same maths (FRACTION = 1) or by one that sums only a share of K (FRACTION = 0.1: meaningless
//    text, ten times faster, good for testing an app). Shapes are those of Qwen2-0.5B-Instruct q4f32_1.
{
  const FRACTION = self.__KERNEL_FRACTION ?? 0.1,
    KNOWN_VOCABULARY = 1792;
  const stats = (self.__kernelStats = { merge: 0, matmul: 0 });
  const SHAPES = { '': [151936, 896], 1: [1152, 896], 2: [896, 896], 3: [9728, 896], 4: [896, 4864] }; // rows N, columns K

  const fixMerge = (code) => {
    if (!code.includes('Function: merge_state_inplace_kernel') || code.includes('workgroupBarrier'))
      return code;
    stats.merge++;
    return code.replace(/\n(\s*)(s_max\[0i\] = max\()/, '\n$1workgroupBarrier();\n$1$2');
  };

  const fastMatmul = (code) => {
    const head = code.match(/\/\/ Function: (fused_fused_dequantize(\d?)_(?:fused_)?NT_matmul\w+)\n/);
    if (!head) return code;
    const [, name, family] = head,
      [N, K] = SHAPES[family];
    const binds = [
      ...code.matchAll(/@group\(0\) @binding\((\d)\) var<storage, (read|read_write)> (\w+) : array<(\w+)>;/g),
    ].map((m) => ({ b: m[1], rw: m[2], n: m[3], t: m[4] }));
    const out = binds.find((x) => x.rw === 'read_write'),
      W = binds.find((x) => x.t === 'u32');
    const floats = binds.filter((x) => x.rw === 'read' && x.t === 'f32'),
      X = floats.at(-1);
    const store = code.match(new RegExp(`\\n *${out.n}\\[.*\\+ (\\w+)\\[`));
    const add = floats.length === 3 ? floats.find((x) => x !== X && x.n === store[1]) : null;
    const S = floats.find((x) => x !== X && x !== add);
    const dynamic = (code.match(/(batch_size|seq_len): i32/) || [])[1],
      wg = code.match(/@workgroup_size\((\d+), (\d+), (\d+)\)/);
    const pod = code.match(
      /struct PODArgs \{[\s\S]*?\}\n@group\(0\) @binding\(\d\) var<uniform> podArgs : PODArgs;/,
    )[0];
    const groups = Math.max(1, Math.round((K / 32) * FRACTION)),
      T = dynamic ? 4 : 1,
      TN = dynamic ? 8 : 4,
      NE = family === '' ? KNOWN_VOCABULARY : N;
    const rows = [...Array(T).keys()],
      cols = [...Array(TN).keys()],
      vt = T === 4 ? 'vec4<f32>' : 'f32';
    const dots =
      T === 4
        ? 'vec4<f32>(' + rows.map((r) => `dot(p${r}, l) + dot(q${r}, h)`).join(', ') + ')'
        : 'dot(p0, l) + dot(q0, h)';
    const addTo = (r, c) =>
      add ? ` + ${add.n}[${/bias/.test(add.n) ? `n + ${c}u` : `(m0 + ${r}u) * ${N}u + n + ${c}u`}]` : '';
    const storeRow = (r) =>
      cols
        .map(
          (c) =>
            `${out.n}[(m0 + ${r}u) * ${N}u + n + ${c}u] = a${c}${T === 4 ? `[${r}]` : ''}${addTo(r, c)};`,
        )
        .join(' ');
    stats.matmul++;
    return `//----------------------------------------
// Function: ${name}
//----------------------------------------
${binds.map((x) => `@group(0) @binding(${x.b}) var<storage, ${x.rw}> ${x.n} : array<${x === X ? 'vec4<f32>' : x.t}>;`).join('\n')}
${pod}
fn lo(w : u32, s : f32) -> vec4<f32> { return (vec4<f32>(vec4<u32>(w, w >> 4u, w >> 8u, w >> 12u) & vec4<u32>(15u)) - vec4<f32>(7.0)) * s; }
@compute @workgroup_size(${wg[1]}, ${wg[2]}, ${wg[3]})
fn ${name}(@builtin(workgroup_id) blockIdx : vec3<u32>, @builtin(num_workgroups) gridDim : vec3<u32>, @builtin(local_invocation_index) li : u32) {
  let M : u32 = ${dynamic ? `u32(podArgs.${dynamic})` : '1u + 0u * podArgs.packGridDimX'};
  let step : u32 = gridDim.x * gridDim.y * gridDim.z * 64u;
  let id : u32 = ((blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x) * 64u + li;
  let tiles : u32 = ((M + ${T - 1}u) / ${T}u) * ${NE / TN}u;
  for (var i : u32 = id; i < tiles; i += step) {
    let n = (i % ${NE / TN}u) * ${TN}u; let m0 = (i / ${NE / TN}u) * ${T}u;
${rows.map((r) => `    let r${r} = min(m0 + ${r}u, M - 1u) * ${K / 4}u;`).join('\n')}
${cols.map((c) => `    var a${c} = ${vt}(0.0);`).join('\n')}
    for (var g : u32 = 0u; g < ${groups}u; g++) {
${cols.map((c) => `      let s${c} = ${S.n}[(n + ${c}u) * ${K / 32}u + g];`).join('\n')}
      for (var j : u32 = 0u; j < 4u; j++) {
        let k = g * 8u + j * 2u; let wk = n * ${K / 8}u + g * 4u + j; var w : u32; var l : vec4<f32>; var h : vec4<f32>;
${rows.map((r) => `        let p${r} = ${X.n}[r${r} + k]; let q${r} = ${X.n}[r${r} + k + 1u];`).join('\n')}
${cols.map((c) => `        w = ${W.n}[wk + ${(c * K) / 8}u]; l = lo(w, s${c}); h = lo(w >> 16u, s${c}); a${c} += ${dots};`).join('\n')}
      }
    }
${rows.map((r) => (r ? `    if (m0 + ${r}u < M) { ${storeRow(r)} }` : `    ${storeRow(r)}`)).join('\n')}
  }
${family === '' ? `  for (var i : u32 = id; i < M * ${N}u; i += step) { if (i % ${N}u >= ${NE}u) { ${out.n}[i] = 0.0f; } }\n` : ''}}
`;
  };

  const create = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    return create.call(this, { ...descriptor, code: fastMatmul(fixMerge(descriptor.code)) });
  };
}
