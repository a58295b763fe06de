/**
 * How long to wait for a reply before the engine counts as hung. Too short would kill slow machines, too long would
 * leave a run standing: so a generous start, then a multiple of what this model takes on this machine to read the prompt
 * and to write as many tokens as it may.
 */
import type { Completion, CompletionRequest, Usage } from '../core/language-model.ts';
import type { ModelSpec } from '../models/spec.ts';

export interface PatienceOptions {
  /** Milliseconds added to every estimate: first shaders, a busy machine, a laptop that slept. */
  readonly floorMs: number;
  /** Milliseconds a written token may take before anything was measured. */
  readonly firstMsPerToken: number;
  /** How many times longer than at the slowest speed of the last calls a call may take. */
  readonly slack: number;
  /** The engine makes pauses of its own, which say nothing about its speed. */
  readonly makesPauses?: boolean;
}

export const defaultPatience: PatienceOptions = { floorMs: 60_000, firstMsPerToken: 2000, slack: 5 };

/**
 * What an endpoint may need for its own pauses (10 minutes) and for attempts at a server that is stuck (6 of 3), which
 * it notices by itself; and then as much again.
 */
const endpointMs = 3_600_000;

/** A request to a server cannot hang this machine, and ending the worker would lose all the others in flight. */
export function patienceFor({ engine }: ModelSpec, options: PatienceOptions): PatienceOptions {
  if (engine !== 'endpoint') return options;
  return { ...options, floorMs: Math.max(options.floorMs, endpointMs), makesPauses: true };
}

export interface Patience {
  /** Milliseconds. */
  limitFor(request: CompletionRequest): number;
  learn(completion: Completion, elapsedMs: number): void;
}

/** Calls looked back on. */
const memory = 8;
/** Characters of text that take a token, at least, in nearly all languages and tokenizers. */
const charactersPerToken = 2;
/** Reading is faster than writing by an order of magnitude on every engine: what is assumed where it was not measured. */
const readPerWritten = 1 / 20;

/** Milliseconds a token took. */
interface Pace {
  /** Null when the whole prompt was in the cache. */
  readonly read: number | null;
  /** Null when the engine cannot tell, as of a single token. */
  readonly written: number | null;
}

export function createPatience(options: PatienceOptions): Patience {
  const { floorMs, firstMsPerToken, slack, makesPauses = false } = options;
  const paces: Pace[] = [];
  const slowest = (of: (pace: Pace) => number | null): number | null => {
    const known = paces.map(of).filter((ms) => ms !== null);
    return known.length === 0 ? null : slack * Math.max(...known);
  };
  return {
    limitFor({ system, prompt, maxTokens }) {
      const promptTokens = (system.length + prompt.length) / charactersPerToken;
      const written = slowest((pace) => pace.written) ?? firstMsPerToken;
      const read = slowest((pace) => pace.read) ?? written * readPerWritten;
      return floorMs + promptTokens * read + maxTokens * written;
    },
    learn({ usage }, elapsedMs) {
      paces.push(paceOf(usage, makesPauses ? 0 : elapsedMs));
      if (paces.length > memory) paces.shift();
    },
  };
}

/** The whole time counts, also what the engine spent on other calls: it is shared out as the engine's own times are. */
function paceOf(usage: Usage, elapsedMs: number): Pace {
  const readTokens = Math.max(0, usage.promptTokens - usage.cachedTokens);
  const writtenTokens = Math.max(1, usage.completionTokens);
  const measuredMs = usage.prefillMs + usage.decodeMs;
  if (measuredMs <= 0) {
    const written = elapsedMs / (readTokens * readPerWritten + writtenTokens);
    return { read: readTokens === 0 ? null : written * readPerWritten, written };
  }
  const scale = Math.max(1, elapsedMs / measuredMs);
  return {
    read: readTokens === 0 ? null : (scale * usage.prefillMs) / readTokens,
    written: usage.decodeMs > 0 ? (scale * usage.decodeMs) / writtenTokens : null,
  };
}
