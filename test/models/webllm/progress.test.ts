import { describe, expect, it } from 'vitest';
import { createProgressReader } from '../../../src/models/webllm/progress.ts';

const fetching = (file: number, megabytes: number, percent: number, seconds: number) => ({
  progress: percent / 100,
  timeElapsed: seconds,
  text: `Fetching param cache[${String(file)}/4]: ${String(megabytes)}MB fetched. ${String(percent)}% completed, ${String(seconds)} secs elapsed. It can take a while when we first visit this page to populate the cache. Later refreshes will become faster.`,
});
const loading = (file: number) => ({
  progress: 0,
  timeElapsed: 3,
  text: `Loading model from cache[${String(file)}/4]: 0MB loaded. 0% completed, 3 secs elapsed.`,
});
const started = { progress: 0, timeElapsed: 0, text: 'Start to fetch params' };
const shaders = {
  progress: 1,
  timeElapsed: 1,
  text: 'Loading GPU shader modules[20/40]: 50% completed, 1 secs elapsed.',
};
const finished = { progress: 1, timeElapsed: 9, text: 'Finish loading on WebGPU - nvidia' };

describe('the progress of a load', () => {
  it('tells bytes and the time left of a download', () => {
    const read = createProgressReader();
    read(started);
    expect(read(fetching(1, 100, 25, 10))).toMatchObject({
      phase: 'download',
      loadedBytes: 100 * 2 ** 20,
      totalBytes: 400 * 2 ** 20,
      secondsLeft: 30,
    });
  });

  it('names every phase in order and ends at 1', () => {
    const reports = [started, fetching(4, 400, 100, 40), loading(2), shaders, finished].map(
      createProgressReader(),
    );
    expect(reports.map(({ phase }) => phase)).toEqual(['download', 'download', 'cache', 'compile', 'ready']);
    expect(reports.at(-1)?.share).toBe(1);
  });

  it('never goes back, though the engine reports 100 % several times', () => {
    const shares = [started, fetching(4, 400, 100, 40), loading(1), loading(4), shaders, finished]
      .map(createProgressReader())
      .map(({ share }) => share ?? Number.NaN);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.slice(0, -1).every((share) => share < 1)).toBe(true);
  });

  it('gives a kept model the whole scale, without a download', () => {
    const read = createProgressReader();
    read(started);
    expect(read(loading(2))).toMatchObject({ phase: 'cache', share: 0.35, loadedBytes: null });
  });
});
