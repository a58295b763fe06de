/**
 * Loads the browser's own model (Prompt API). Never required: where it is missing, that is said.
 *
 * The API exists in windows only (`[Exposed=Window]`; Chromium 156 has none in workers): the page serves this engine
 * to the optimizer worker (`workers/page-link.ts`).
 */
import { AppError } from '../../core/errors.ts';
import type { LoadContext, LoadedEngine } from '../engine.ts';
import type { LoadProgress } from '../spec.ts';
import type { PromptApi } from './api.ts';
import { inEnglish, windowOf } from './api.ts';
import { fromPromptApi } from './failures.ts';
import { PromptModel } from './prompt-model.ts';
import { Sessions } from './sessions.ts';

/**
 * Downloads the model where the browser has not done so yet: to be called only when the person wants that.
 * @throws AppError `unsupported`, `download-failed`, `cancelled`
 */
export async function loadPromptApi(
  { onProgress, signal }: Pick<LoadContext, 'onProgress' | 'signal'>,
  api: PromptApi | undefined,
  now: () => number = () => performance.now(),
): Promise<LoadedEngine> {
  const present = await requireAvailable(api);
  try {
    const counter = await present.create({ ...inEnglish, signal, monitor: (m) => report(m, onProgress) });
    const sessions = new Sessions(present, inEnglish);
    const model = new PromptModel({ sessions, counter, contextWindow: windowOf(counter), now });
    const notes = ['the model that came with the browser', 'token counts are estimates'];
    return {
      model,
      notes,
      unload() {
        model.close();
        sessions.destroy();
        counter.destroy();
        return Promise.resolve();
      },
    };
  } catch (thrown) {
    throw fromPromptApi(thrown);
  }
}

async function requireAvailable(api: PromptApi | undefined): Promise<PromptApi> {
  if (!api) {
    throw new AppError(
      'unsupported',
      'The browser’s own model cannot be used here: this browser has none, or offers it to pages only and not to the background worker in which runs are made. Choose another model.',
    );
  }
  // With the options it will be asked for: without them the answer may be another.
  const availability = await api.availability(inEnglish).catch((thrown: unknown) => {
    throw fromPromptApi(thrown);
  });
  if (availability !== 'unavailable') return api;
  throw new AppError(
    'unsupported',
    'This browser has an interface for a model of its own, but no model for this machine. It takes about 22 GB of free space and a GPU with 4 GB or 16 GB of memory. Choose another model.',
  );
}

/** The event's `loaded` is a share, 0 to 1. */
function report(monitor: EventTarget, onProgress: (progress: LoadProgress) => void): void {
  monitor.addEventListener('downloadprogress', (event) => {
    const share = 'loaded' in event && typeof event.loaded === 'number' ? event.loaded : null;
    const unknown = { loadedBytes: null, totalBytes: null, secondsLeft: null };
    onProgress({ phase: 'download', share, ...unknown, text: 'The browser downloads its own model' });
  });
}
