/**
 * When the GPU device is lost, the engine never settles some of its calls. Two signs are watched: the device's own word,
 * and reads from the GPU that fail. 0.2.79 leaves every such read to nobody, 0.2.86 those that wait behind another, and both
 * would go on with a buffer that was never filled.
 */
import { deviceLost } from './errors.ts';

export interface DeviceWatch {
  /** Rejects with `device-lost`. */
  readonly lost: Promise<never>;
  /** What happens from here on is meant: the engine destroys its device when it is unloaded. */
  readonly end: () => void;
}

/** The part of a worker's global scope this needs. */
interface Scope {
  addEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void): void;
  removeEventListener(type: 'unhandledrejection', listener: (event: PromiseRejectionEvent) => void): void;
}

/** @param word the device's own promise; null where it cannot be reached */
export function watchDevice(word: Promise<GPUDeviceLostInfo> | null, scope: Scope): DeviceWatch {
  let tell = (_reason: string): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    tell = (reason) => reject(deviceLost(reason));
  });
  lost.catch(() => undefined); // Nobody may be waiting when it happens.
  const onUnhandled = (event: PromiseRejectionEvent): void => {
    if (!isFailedRead(event.reason)) return;
    event.preventDefault();
    tell(event.reason.message);
  };
  void word?.then(({ reason, message }) => tell(`${reason}: ${message}`));
  scope.addEventListener('unhandledrejection', onUnhandled);
  return {
    lost,
    end() {
      tell = () => undefined;
      scope.removeEventListener('unhandledrejection', onUnhandled);
    },
  };
}

/** What `GPUBuffer.mapAsync` rejects with; nothing else that the engine starts after a load can be aborted. */
function isFailedRead(reason: unknown): reason is DOMException {
  return reason instanceof DOMException && reason.name === 'AbortError';
}
