/**
 * WebLLM's load reports, read. Its `progress` reaches 1 several times (fetching, loading from cache, compiling, done)
 * and only the text tells which of these it is about; the texts are the same from 0.2.79 to 0.2.86.
 */
import type { LoadPhase, LoadProgress } from '../spec.ts';

/** The part of WebLLM's `InitProgressReport` that is read. */
export interface EngineReport {
  readonly progress: number;
  /** Seconds. */
  readonly timeElapsed: number;
  readonly text: string;
}

const megabyte = 1024 * 1024;

/** Where each phase begins and ends in the whole load; a download takes nearly all the time there is. */
const spans: Readonly<Record<'fresh' | 'kept', Readonly<Record<LoadPhase, readonly [number, number]>>>> = {
  fresh: { download: [0, 0.85], cache: [0.85, 0.95], compile: [0.95, 1], ready: [1, 1] },
  kept: { download: [0, 0], cache: [0, 0.7], compile: [0.7, 1], ready: [1, 1] },
};

/** Reads the reports of one load, in order. `share` never goes back. */
export function createProgressReader(): (report: EngineReport) => LoadProgress {
  let downloads = false;
  let highest = 0;
  return (report) => {
    const phase = phaseOf(report.text);
    downloads ||= phase === 'download' && report.text.startsWith('Fetching');
    const within = countedShare(report.text) ?? clamp(report.progress);
    const [from, to] = spans[downloads || phase === 'download' ? 'fresh' : 'kept'][phase];
    highest = Math.max(highest, from + (to - from) * within);
    return { phase, share: highest, ...amounts(phase, report), text: words(phase) };
  };
}

function phaseOf(text: string): LoadPhase {
  if (text.startsWith('Loading model from cache')) return 'cache';
  if (text.startsWith('Loading GPU shader')) return 'compile';
  if (text.startsWith('Finish loading')) return 'ready';
  return 'download';
}

/** "…cache[3/7]: …": files are counted rightly even where the engine reports 0 bytes for what was kept. */
function countedShare(text: string): number | null {
  const match = /^Loading [^[]*\[(\d+)\/(\d+)\]/.exec(text);
  return match ? clamp(Number(match[1]) / Number(match[2])) : null;
}

function amounts(
  phase: LoadPhase,
  { progress, timeElapsed, text }: EngineReport,
): Pick<LoadProgress, 'loadedBytes' | 'totalBytes' | 'secondsLeft'> {
  const fetched = /(\d+)MB fetched/.exec(text);
  if (phase !== 'download' || !fetched) return { loadedBytes: null, totalBytes: null, secondsLeft: null };
  const loadedBytes = Number(fetched[1]) * megabyte;
  if (progress <= 0) return { loadedBytes, totalBytes: null, secondsLeft: null };
  const secondsLeft = timeElapsed >= 1 ? Math.round((timeElapsed * (1 - progress)) / progress) : null;
  return { loadedBytes, totalBytes: Math.round(loadedBytes / progress), secondsLeft };
}

function words(phase: LoadPhase): string {
  switch (phase) {
    case 'download':
      return 'Downloading the model';
    case 'cache':
      return 'Loading the model onto the GPU';
    case 'compile':
      return 'Preparing the GPU programs';
    case 'ready':
      return 'The model is ready';
  }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
