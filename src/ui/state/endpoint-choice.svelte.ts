/** A server as it is being chosen. The key is not part of it: it goes straight to the worker. */
import { isEndpointAddress, normalBaseUrl } from '../../models/endpoint/address.ts';
import type { EndpointSpec } from '../../models/spec.ts';

/** Where the servers of this kind answer unless told otherwise. */
export const usualAddresses = [
  { server: 'Ollama', address: 'http://localhost:11434/v1' },
  { server: 'LM Studio', address: 'http://localhost:1234/v1' },
  { server: 'llama.cpp server', address: 'http://localhost:8080/v1' },
  { server: 'vLLM', address: 'http://localhost:8000/v1' },
  { server: 'SGLang', address: 'http://localhost:30000/v1' },
] as const;

export const mostInFlight = 256;

export class EndpointChoice {
  address = $state<string>(usualAddresses[0].address);
  model = $state('');
  concurrency = $state<number | null>(4);
  contextWindow = $state<number | null>(null);
  isThinkingOff = $state(false);

  /** Null while something is missing; `problem` says what. */
  get spec(): EndpointSpec | null {
    const { concurrency, contextWindow } = this;
    if (this.problem !== null || concurrency === null) return null;
    return {
      engine: 'endpoint',
      baseUrl: normalBaseUrl(this.address),
      model: this.model.trim(),
      concurrency,
      ...(contextWindow !== null && { contextWindow }),
      ...(this.isThinkingOff && { thinking: 'off' }),
    };
  }

  get problem(): string | null {
    const { concurrency } = this;
    if (!isEndpointAddress(this.address))
      return 'Enter the address of the endpoint, such as http://localhost:11434/v1.';
    if (this.model.trim() === '') return 'Choose a model of the endpoint.';
    const isCount = concurrency !== null && Number.isInteger(concurrency);
    return isCount && concurrency >= 1 && concurrency <= mostInFlight
      ? null
      : 'Enter how many requests may be in flight.';
  }

  /** The address as it will be used, once it has been entered. */
  complete(): void {
    if (isEndpointAddress(this.address)) this.address = normalBaseUrl(this.address);
  }

  follow(spec: EndpointSpec): void {
    this.address = spec.baseUrl;
    this.model = spec.model;
    this.concurrency = spec.concurrency;
    this.contextWindow = spec.contextWindow ?? null;
    this.isThinkingOff = spec.thinking === 'off';
  }
}

/** Of a file, which nothing is added to. */
export function isAddress(text: string): boolean {
  const trimmed = text.trim();
  return /^https?:\/\//.test(trimmed) && URL.canParse(trimmed);
}
