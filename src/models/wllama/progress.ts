/** How a load goes on, from the bytes that have come. Nearly all of a load is the download. */
import type { LoadProgress } from '../spec.ts';

const downloadShare = 0.9;

export interface Meter {
  downloading(loaded: number, total: number): LoadProgress;
  starting(totalBytes: number): LoadProgress;
  ready(totalBytes: number): LoadProgress;
}

/** @param now milliseconds */
export function createMeter(now: () => number): Meter {
  const start = now();
  const whole = (phase: 'cache' | 'ready', share: number, bytes: number, text: string): LoadProgress => {
    return { phase, share, loadedBytes: bytes, totalBytes: bytes, secondsLeft: null, text };
  };
  return {
    downloading(loaded, total) {
      // Servers that do not answer HEAD leave the total at 0.
      const share = total > 0 ? Math.min(1, loaded / total) : null;
      return {
        phase: 'download',
        share: share === null ? null : share * downloadShare,
        loadedBytes: loaded,
        totalBytes: total > 0 ? total : null,
        secondsLeft: secondsLeft(now() - start, share),
        text: 'Downloading the model',
      };
    },
    starting: (bytes) => whole('cache', downloadShare, bytes, 'Loading the model into memory'),
    ready: (bytes) => whole('ready', 1, bytes, 'The model is ready'),
  };
}

/** Null during the first second: too little has been seen. */
function secondsLeft(elapsedMs: number, share: number | null): number | null {
  if (share === null || share === 0 || elapsedMs < 1000) return null;
  return Math.round((elapsedMs * (1 - share)) / share / 1000);
}
