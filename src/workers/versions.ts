/** What a run is carried out with: recorded with it, so that its figures can be traced later. */
import { dependencies, version } from '../../package.json';
import type { ModelSpec } from '../models/spec.ts';

const engineVersions: Readonly<Record<ModelSpec['engine'], Readonly<Record<string, string>>>> = {
  simulated: {},
  webllm: { WebLLM: dependencies['@mlc-ai/web-llm'] },
  wllama: { wllama: dependencies['@wllama/wllama'] },
  endpoint: {},
  'prompt-api': {},
};

export function versionsFor(spec: ModelSpec): Readonly<Record<string, string>> {
  return { Sentential: version, ...engineVersions[spec.engine] };
}
