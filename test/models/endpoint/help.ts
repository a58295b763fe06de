import type { CompletionRequest } from '../../../src/core/language-model.ts';
import { Dialect } from '../../../src/models/endpoint/dialect.ts';
import { EndpointModel } from '../../../src/models/endpoint/endpoint-model.ts';
import type { EndpointModelOptions } from '../../../src/models/endpoint/endpoint-model.ts';
import { realEnvironment } from '../../../src/models/endpoint/environment.ts';
import type { Environment } from '../../../src/models/endpoint/environment.ts';
import { inRun } from '../../../src/models/endpoint/persist.ts';
import { ServerNotes } from '../../../src/models/endpoint/server-notes.ts';
import type { EndpointServer } from '../../fixtures/endpoint-server.ts';

export function ask(prompt = 'Count to five.', more: Partial<CompletionRequest> = {}): CompletionRequest {
  return { purpose: 'answer', system: '', prompt, maxTokens: 64, temperature: 0, seed: 7, ...more };
}

export interface QuickEnvironment extends Environment {
  /** The pauses between attempts, in milliseconds; none was really made. */
  readonly pauses: readonly number[];
}

/** What lasts is given up as soon as it may be. */
export function retriesOnly(retries: number) {
  return { ...inRun, retries };
}

/** Real but for the pauses between attempts, which are over at once. */
export function quickEnvironment(): QuickEnvironment {
  const pauses: number[] = [];
  return {
    ...realEnvironment,
    pauses,
    pause(ms) {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}

export function endpointModel(
  server: EndpointServer,
  more: Partial<Omit<EndpointModelOptions, 'spec'>> & { concurrency?: number; thinking?: 'off' } = {},
): EndpointModel {
  const { concurrency = 1, thinking, ...options } = more;
  const { baseUrl } = server;
  return new EndpointModel({
    spec: { engine: 'endpoint', baseUrl, model: 'tiny', concurrency, ...(thinking && { thinking }) },
    key: null,
    contextWindow: 4096,
    exactUsage: true,
    environment: quickEnvironment(),
    stallMs: 200_000,
    patience: inRun,
    dialect: new Dialect(),
    notes: new ServerNotes(() => undefined),
    ...options,
  });
}
