/** Mimics Chrome's Prompt API: names, rejections and what it does not say. */
import type {
  CreateOptions,
  PromptApi,
  PromptOptions,
  PromptSession,
} from '../../../src/models/prompt-api/api.ts';

export interface FakeApi extends PromptApi {
  readonly created: readonly CreateOptions[];
  /** Sessions that were not destroyed. */
  readonly alive: number;
  readonly prompts: readonly {
    readonly system: string;
    readonly input: string;
    readonly options: PromptOptions;
  }[];
}

export interface FakeOptions {
  readonly availability?: string;
  readonly reply?: (system: string, input: string) => string;
  /** Names of before 2026. */
  readonly isOld?: boolean;
  /** Temperature and top-k may be set. */
  readonly hasParams?: boolean;
  readonly createFails?: DOMException;
}

const window = 1024;
const tokensOf = (text: string): number => text.match(/\S+/g)?.length ?? 0;

export function fakeApi(options: FakeOptions = {}): FakeApi {
  const {
    availability = 'available',
    reply = (_, input) => `${input} answered in some words, always the same way`,
  } = options;
  const created: CreateOptions[] = [];
  const prompts: { system: string; input: string; options: PromptOptions }[] = [];
  let alive = 0;

  function session(system: string): PromptSession {
    alive += 1;
    let isDestroyed = false;
    const names = options.isOld
      ? {
          inputUsage: tokensOf(system),
          inputQuota: window,
          measureInputUsage: (text: string) => Promise.resolve(tokensOf(text)),
        }
      : {
          contextUsage: tokensOf(system),
          contextWindow: window,
          measureContextUsage: (text: string) => Promise.resolve(tokensOf(text)),
        };
    return {
      ...names,
      clone: () =>
        isDestroyed
          ? Promise.reject(new DOMException('The session was destroyed.', 'InvalidStateError'))
          : Promise.resolve(session(system)),
      destroy() {
        if (!isDestroyed) alive -= 1;
        isDestroyed = true;
      },
      promptStreaming(input, promptOptions) {
        prompts.push({ system, input, options: promptOptions });
        return streamed(
          limited(reply(system, input), promptOptions.responseConstraint),
          promptOptions.signal,
        );
      },
    };
  }

  return {
    created,
    prompts,
    get alive() {
      return alive;
    },
    availability: () => Promise.resolve(availability),
    create(given = {}) {
      created.push(given);
      if (options.createFails) return Promise.reject(options.createFails);
      const monitor = new EventTarget();
      given.monitor?.(monitor);
      if (availability === 'downloadable') {
        for (const loaded of [0, 0.5, 1])
          monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded }));
      }
      return Promise.resolve(session(given.initialPrompts?.[0]?.content ?? ''));
    },
    ...(options.hasParams && { params: () => Promise.resolve({ maxTopK: 128, maxTemperature: 2 }) }),
  };
}

/** The model is a parrot: where its reply does not match, it says the first thing that does. */
function limited(text: string, constraint: RegExp | undefined): string {
  if (!constraint || constraint.test(text)) return text;
  const first = /^\^\(\?:((?:\\.|[^|\\)])*)/.exec(constraint.source)?.[1];
  return (
    first?.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)) ??
    text.slice(0, 20)
  );
}

function streamed(text: string, signal: AbortSignal): ReadableStream<string> {
  const pieces = text.match(/\s*\S+/g) ?? [];
  return new ReadableStream(
    {
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (signal.aborted) controller.error(new DOMException('Aborted.', 'AbortError'));
        else if (pieces.length === 0) controller.close();
        else controller.enqueue(pieces.shift() ?? '');
      },
    },
    { highWaterMark: 0 },
  );
}
