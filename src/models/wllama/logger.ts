/** wllama writes everything to the console unless given something else to write to. */
import type { WllamaLogger } from '@wllama/wllama/esm/index.js';

const nothing = (): void => undefined;

export const silentLogger: WllamaLogger = { debug: nothing, log: nothing, warn: nothing, error: nothing };

/** @param onError llama.cpp's error lines; also what reaches the `onerror` of wllama's worker, where nobody else hears it */
export function errorLogger(onError: (what: unknown) => void): WllamaLogger {
  return { ...silentLogger, error: (...parts: unknown[]) => parts.forEach(onError) };
}
