/**
 * What the page does for a run while it works: closing the tab asks first, the screen stays on, and a pause that the
 * browser or the computer put in is told afterwards. Without a run it leaves the browser alone.
 */

/** Milliseconds between two beats; a tab in the background gets one a minute. */
const beatMs = 15_000;
/** A beat that comes this late was not merely held back. */
const asleepMs = 180_000;

export class Presence {
  #isWorking = false;
  #screenLock: WakeLockSentinel | null = null;
  #beat: ReturnType<typeof setInterval> | undefined;
  #lastBeat = 0;
  #pausedMinutes = $state(0);

  /** How long the page stood still while a run was under way; 0 when it did not, or that was read. */
  get pausedMinutes(): number {
    return this.#pausedMinutes;
  }

  dismiss(): void {
    this.#pausedMinutes = 0;
  }

  work(isWorking: boolean): void {
    if (isWorking === this.#isWorking) return;
    this.#isWorking = isWorking;
    if (isWorking) this.#begin();
    else this.#end();
  }

  #begin(): void {
    addEventListener('beforeunload', askFirst);
    document.addEventListener('visibilitychange', this.#keepScreenOn);
    this.#lastBeat = Date.now();
    this.#beat = setInterval(this.#onBeat, beatMs);
    this.#keepScreenOn();
  }

  #end(): void {
    removeEventListener('beforeunload', askFirst);
    document.removeEventListener('visibilitychange', this.#keepScreenOn);
    clearInterval(this.#beat);
    void this.#screenLock?.release();
    this.#screenLock = null;
  }

  readonly #onBeat = (): void => {
    const missed = Date.now() - this.#lastBeat;
    this.#lastBeat = Date.now();
    if (missed > asleepMs) this.#pausedMinutes += Math.round(missed / 60_000);
  };

  /** The browser takes the lock away with the tab's visibility, so it is asked for again when the tab is back. */
  readonly #keepScreenOn = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    if (this.#screenLock?.released === false) return;
    navigator.wakeLock
      .request('screen')
      .then((lock) => {
        const isHeld = this.#screenLock?.released === false; // asked for twice before the first was there
        if (this.#isWorking && !isHeld) this.#screenLock = lock;
        else void lock.release();
      })
      .catch(() => undefined); // low battery, or not allowed: the run goes on all the same
  };
}

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
