/** The port's contract on the CPU engine for real, with a model of random weights that the test makes itself. */
import type { Subject } from '../../../src/models/conformance/check.ts';
import { engines } from '../../../src/models/engines.ts';
import { keepGgufFile } from '../../../src/models/wllama/dropped-files.ts';
import { tinyGguf } from '../../fixtures/gguf/tiny-gguf.ts';
import { conformance } from '../../models/conformance/suite.ts';

async function load(): Promise<Subject> {
  const url = await keepGgufFile(new Blob([tinyGguf()]), 'conformance.gguf');
  const { signal } = new AbortController();
  const loaded = await engines.wllama.load(
    { engine: 'wllama', modelId: 'conformance', url },
    { world: null, signal, onProgress: () => undefined },
  );
  return { model: loaded.model, unload: () => loaded.unload() };
}

conformance('wllama', load, { timeoutMs: 60_000 });
