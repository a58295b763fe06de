/** As with runs: one tab works on an experiment, the others follow it over a BroadcastChannel and see it end by its lock. */
import type { ExperimentListener, ExperimentUpdate } from './lab-protocol.ts';
import { onceReleased } from './tab-locks.ts';

export function experimentLock(id: string): string {
  return `sentential-experiment-${id}`;
}

/** The working tab's side: a listener that tells all other tabs. */
export function broadcastExperiment(id: string): { listener: ExperimentListener; close: () => void } {
  const channel = new BroadcastChannel(experimentLock(id));
  return { listener: (update) => channel.postMessage(update), close: () => channel.close() };
}

/**
 * The other tabs' side. Results are stored before they are told, so what the store has and what comes from here on is
 * everything.
 * @param onReleased the working tab is gone, or has ended the experiment
 * @returns the way to stop following
 */
export function followExperiment(
  id: string,
  listener: ExperimentListener,
  onReleased: () => void,
): () => void {
  const channel = new BroadcastChannel(experimentLock(id));
  channel.onmessage = ({ data }: MessageEvent<ExperimentUpdate>) => listener({ ...data, isElsewhere: true });
  const callOff = onceReleased(experimentLock(id), onReleased);
  return () => {
    callOff();
    channel.close();
  };
}
