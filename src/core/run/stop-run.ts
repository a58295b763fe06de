/** Ends a method from within, keeping the best so far. Not a failure: `run.ts` turns it into a report. */
export class StopRun extends Error {
  override readonly name = 'StopRun';
  readonly reason: 'budget' | 'stopped';

  constructor(reason: 'budget' | 'stopped') {
    super(reason === 'budget' ? 'The budget is spent.' : 'Stopped on request.');
    this.reason = reason;
  }
}
