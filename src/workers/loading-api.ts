/** What the page asks of the models of this tab outside of a run: load one, see and free what is kept. */
import { AppError } from '../core/errors.ts';
import type { ModelService } from './model-service.ts';
import type { LoadingApi } from './protocol.ts';

export function createLoadingApi(models: ModelService): LoadingApi {
  return {
    async loadModel(spec, onProgress) {
      await models.obtain('task', spec, null, onProgress);
      const loaded = models.loaded();
      if (!loaded)
        throw new AppError('model-not-loaded', 'The model was unloaded while it was being loaded.');
      return loaded;
    },
    cancelLoading: () => models.cancelLoading(),
    unloadModel: () => models.unload(),
    cachedModels: () => models.files().cached(),
    async keepModelFile(file) {
      const { keepGgufFile } = await import('../models/wllama/dropped-files.ts');
      const url = await keepGgufFile(file, file.name);
      models.outdate(url);
      return url;
    },
    deleteCachedModel: (engine, modelId) => models.files().deleteCached(engine, modelId),
  };
}
