/** "Loads" an endpoint: finds out, before a run begins, that the server is there, lets us in and has the model. */
import { AppError, isAppError } from '../../core/errors.ts';
import type { LoadContext, LoadedEngine } from '../engine.ts';
import type { EndpointSpec } from '../spec.ts';
import { waitingInWords, type Waiting } from '../waiting.ts';
import { normalBaseUrl } from './address.ts';
import { otherAddress } from './ask-for-models.ts';
import { attemptIn } from './attempt.ts';
import { chatBody } from './chat-format.ts';
import type { ListedModel } from './chat-format.ts';
import { Dialect } from './dialect.ts';
import { EndpointModel } from './endpoint-model.ts';
import { realEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { listModels } from './list-models.ts';
import type { Listing } from './list-models.ts';
import { atLoading, inRun, persist } from './persist.ts';
import { ServerNotes } from './server-notes.ts';

/** Milliseconds without a byte. Long: the first reply of a model that the server has to load first takes minutes. */
const stallMs = 180_000;
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
  try {
    return await load(given, { spec, key: context.key ?? null, context, environment });
  } catch (thrown) {
    throw context.signal.aborted ? new AppError('cancelled', 'Loading was stopped.') : thrown;
  }
}

interface Loading {
  readonly spec: EndpointSpec;
  readonly key: string | null;
  readonly context: LoadContext;
  readonly environment: Environment;
}

async function load(given: EndpointSpec, loading: Loading): Promise<LoadedEngine> {
  const { spec, key, context, environment } = loading;
  const notes = new ServerNotes((all, waiting) => context.onNotes?.(all, waiting));
  const dialect = new Dialect(() => notes.setDialect(dialect.notes));
  const listing = await askForList(loading);
  const listed = typeof listing === 'string' ? undefined : requireListed(spec, listing);
  const exactUsage = await probe(loading, dialect).catch(async (thrown: unknown) => {
    throw typeof listing === 'string' ? await misplaced(thrown, listing, loading) : thrown;
  });
  const contextWindow = spec.contextWindow ?? listed?.contextWindow ?? usualContextWindow;
  notes.setFacts(factsOf(given, spec, contextWindow));
  const said = { dialect, notes, patience: inRun, stallMs };
  const model = new EndpointModel({ spec, key, contextWindow, exactUsage, environment, ...said });
  return {
    model,
    notes: notes.all,
    unload() {
      model.close();
      return Promise.resolve();
    },
  };
}

/** A server that has to load its model first says so, and is given a minute. */
function askForList({ spec, key, context, environment }: Loading): Promise<Listing> {
  const { signal } = context;
  const asking = 'Asking the server for its models';
  context.onProgress(progress(asking));
  return persist(
    () => listModels({ ...spec, key }, environment, signal),
    persistence(spec, context, asking),
    environment,
  );
}

/** While the page shows that a model is being loaded, it shows there what that waits for. */
function persistence({ baseUrl }: EndpointSpec, { signal, onProgress }: LoadContext, asking: string) {
  const onWait = (waiting: Waiting | null): void =>
    onProgress(progress(waiting === null ? asking : `${asking}: ${waitingInWords(waiting)}`));
  return { baseUrl, signal, patience: atLoading, onWait };
}

/** Where the list was missing too, the address is most likely wrong. */
async function misplaced(
  thrown: unknown,
  listing: 'none' | 'page',
  { spec, environment }: Loading,
): Promise<unknown> {
  const isOfAddress = isAppError(thrown, 'endpoint-refused') || isAppError(thrown, 'endpoint-unreachable');
  if (!isOfAddress) return thrown;
  return (await otherAddress(spec.baseUrl, listing === 'page', environment)) ?? thrown;
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

function requireListed({ model }: EndpointSpec, models: readonly ListedModel[]): ListedModel | undefined {
  const listed = models.find(({ id }) => id === model || id === `${model}:latest`);
  if (listed || models.length === 0) return listed;
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
async function probe({ spec, key, context, environment }: Loading, dialect: Dialect): Promise<boolean> {
  const { baseUrl, model } = spec;
  const { signal } = context;
  const asking = 'Asking the model for a first word';
  context.onProgress(progress(asking));
  const request = {
    purpose: 'answer',
    system: '',
    prompt: 'Hi',
    maxTokens: 1,
    temperature: 0,
    seed: 0,
    stop: ['\n'], // so that a server which refuses it does so now
  } as const;
  const post = { baseUrl, model, key, stallMs, signal, body: chatBody(spec, request) };
  try {
    const { usage } = await persist(
      () => attemptIn(dialect, post, environment),
      persistence(spec, context, asking),
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

function factsOf(given: EndpointSpec, { concurrency }: EndpointSpec, contextWindow: number): string[] {
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
