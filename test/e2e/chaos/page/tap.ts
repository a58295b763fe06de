/** A real model worker with a tap on its calls: they are counted, and one of them can get lost. */
import type { CompletionRequest } from '../../../../src/core/language-model.ts';
import { startModelWorker } from '../../../../src/workers/model-client.ts';
import type { WorkerLike } from '../../../../src/workers/worker-link.ts';

/**
 * `terminate`: the worker is gone with the call. `lose`: the worker lives, the call never settles. `lose device`: the
 * worker says that its GPU is lost.
 */
type Fate = 'pass' | 'lose' | 'lose device' | 'terminate';

/** A call of `complete` as Comlink sends it. */
interface CallMessage {
  readonly id?: string;
  readonly path?: readonly string[];
  readonly argumentList?: readonly { readonly value: unknown }[];
}

/** As the model worker sends a failure. */
function deviceLost(id: string | undefined): MessageEvent {
  const appError = { code: 'device-lost', message: 'The GPU is gone.' };
  return new MessageEvent('message', { data: { id, type: 'HANDLER', name: 'throw', value: { appError } } });
}

export function tappedWorker(onCall: (request: CompletionRequest) => Fate): WorkerLike {
  const worker = startModelWorker();
  return {
    postMessage(message: CallMessage, options: never) {
      const isCall = message.path?.[0] === 'complete';
      const fate = isCall ? onCall(message.argumentList?.[1]?.value as CompletionRequest) : 'pass';
      if (fate === 'pass') worker.postMessage(message, options);
      if (fate === 'lose device') worker.dispatchEvent(deviceLost(message.id));
      if (fate === 'terminate') worker.terminate();
    },
    terminate: () => worker.terminate(),
    addEventListener: (type, listener) => worker.addEventListener(type, listener),
    removeEventListener: (type, listener) => worker.removeEventListener(type, listener),
  };
}
