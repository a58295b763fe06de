/** What a model waits for outside of this machine: a server that is away, or that asks to wait. */
export interface Waiting {
  /** As the beginning of a sentence, such as “the server does not answer”. */
  readonly what: string;
  /** Milliseconds until it is asked again. */
  readonly pauseMs: number;
}

/** “the server does not answer; trying again in 8 s” */
export function waitingInWords({ what, pauseMs }: Waiting): string {
  return `${what}; trying again in ${Math.round(pauseMs / 1000)} s`;
}
