/** What a model is called on the page. */
import type { ModelSpec } from '../../models/spec.ts';

export function modelName(spec: ModelSpec): string {
  switch (spec.engine) {
    case 'simulated':
      return `Simulated model, ${spec.skill}`;
    case 'webllm':
    case 'wllama':
      return spec.modelId;
    case 'endpoint':
      return `${spec.model} at ${hostOf(spec.baseUrl)}`;
    case 'prompt-api':
      return 'The browser’s own model';
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
