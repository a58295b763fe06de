/** "Loads" an endpoint: finds out, before a run begins, that the server is there, lets us in and has the model. */
import { AppError, isAppError } from '../../core/errors.ts';
import type { LoadContext, LoadedEngine } from '../engine.ts';
import type { EndpointSpec } from '../spec.ts';
import { normalBaseUrl } from './address.ts';
import { attempt } from './attempt.ts';
import { chatBody } from './chat-format.ts';
import type { ListedModel } from './chat-format.ts';
import { EndpointModel } from './endpoint-model.ts';
import { realEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { listModels } from './list-models.ts';
import { persist } from './persist.ts';

/** Milliseconds without a byte. Long: the first reply of a model that the server has to load first takes minutes. */
const stallMs = 180_000;
const retries = 5;
/** Tokens, where neither the person nor the server says more: what Ollama gives every model at first. */
const usualContextWindow = 4096;
/** Models named in a message. */
const mostNamed = 8;

/** @throws AppError with a next step for everything that can be foreseen */
export async function loadEndpoint(
  given: EndpointSpec,
  context: LoadContext,
  environment: Environment = realEnvironment,
): Promise<LoadedEngine> {
  const spec = withinConnections(checked(given), environment);
  const key = context.key ?? null;
  try {
    context.onProgress(progress('Asking the server for its models'));
    const models = await listModels({ ...spec, key }, environment, context.signal);
    const listed = requireListed(spec, models);
    context.onProgress(progress('Asking the model for a first word'));
    const exactUsage = await probe(spec, key, environment, context.signal);
    const contextWindow = spec.contextWindow ?? listed?.contextWindow ?? usualContextWindow;
    const model = new EndpointModel({ spec, key, contextWindow, exactUsage, environment, stallMs, retries });
    return {
      model,
      notes: notesOf(given, spec, contextWindow),
      unload() {
        model.close();
        return Promise.resolve();
      },
    };
  } catch (thrown) {
    throw context.signal.aborted ? new AppError('cancelled', 'Loading was stopped.') : thrown;
  }
}

function checked(spec: EndpointSpec): EndpointSpec {
  const { model, concurrency } = spec;
  if (model.trim() === '') throw new AppError('invalid-option', 'Choose a model of the endpoint.');
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new AppError(
      'invalid-option',
      `Requests in flight: expected a whole number of at least 1, got ${concurrency}.`,
    );
  }
  return { ...spec, baseUrl: normalBaseUrl(spec.baseUrl) };
}

function requireListed(
  { model }: EndpointSpec,
  models: readonly ListedModel[] | null,
): ListedModel | undefined {
  const listed = models?.find(({ id }) => id === model || id === `${model}:latest`);
  if (listed || !models || models.length === 0) return listed;
  const names = models.slice(0, mostNamed).map(({ id }) => id);
  const more = models.length > mostNamed ? ` and ${models.length - mostNamed} more` : '';
  throw new AppError(
    'endpoint-refused',
    `The endpoint has no model “${model}”. It has: ${names.join(', ')}${more}. Choose one of these.`,
  );
}

/**
 * One token. Wakes a model the server has to load, and shows whether the key holds (some servers list models to
 * anyone) and whether usage figures come. A model that only thinks has no text yet; that is as good.
 */
async function probe(
  spec: EndpointSpec,
  key: string | null,
  environment: Environment,
  signal: AbortSignal,
): Promise<boolean> {
  const { baseUrl, model } = spec;
  const request = {
    purpose: 'answer',
    system: '',
    prompt: 'Hi',
    maxTokens: 1,
    temperature: 0,
    seed: 0,
  } as const;
  const post = { baseUrl, model, key, stallMs, signal, body: chatBody(spec, request) };
  try {
    const { usage } = await persist(
      () => attempt(post, environment),
      { baseUrl, signal, retries: 2 },
      environment,
    );
    return usage !== null;
  } catch (thrown) {
    if (isAppError(thrown, 'context-exceeded')) {
      throw new AppError('endpoint-refused', thrown.message, { cause: thrown });
    }
    throw thrown;
  }
}

/** Per host over HTTP/1.1, in all browsers. */
const browserConnections = 6;

/** What exceeds the connections would wait within the browser, where it counts as a server that is slow or stuck. */
function withinConnections(spec: EndpointSpec, { origin }: Environment): EndpointSpec {
  const isLimited = origin !== null && spec.baseUrl.startsWith('http:');
  return isLimited ? { ...spec, concurrency: Math.min(spec.concurrency, browserConnections) } : spec;
}

function notesOf(given: EndpointSpec, { concurrency }: EndpointSpec, contextWindow: number): string[] {
  const inFlight = concurrency === 1 ? '1 request at a time' : `${concurrency} requests in flight`;
  const window = `context window taken as ${contextWindow} tokens`;
  if (concurrency === given.concurrency) return [inFlight, window];
  const why = `instead of ${given.concurrency}: a browser opens no more connections to a plain http address`;
  return [`${inFlight} ${why}`, window];
}

function progress(text: string) {
  return {
    phase: 'compile',
    share: null,
    loadedBytes: null,
    totalBytes: null,
    secondsLeft: null,
    text,
  } as const;
}
