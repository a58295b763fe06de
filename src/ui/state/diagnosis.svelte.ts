/** A check of a model under way on the diagnostics page, and the report about it. */
import type { MachineReport } from '../../models/detect.ts';
import type { LoadProgress, ModelSpec } from '../../models/spec.ts';
import type { CheckResult, LoadedModel, OptimizerApi } from '../../workers/protocol.ts';
import { toFailure, type Failure } from '../text.ts';

export class DiagnosisState {
  readonly #api: Pick<OptimizerApi, 'diagnose' | 'stopDiagnosis'>;
  #spec = $state.raw<ModelSpec | null>(null);
  #loading = $state.raw<LoadProgress | null>(null);
  #results = $state.raw<readonly CheckResult[]>([]);
  #loaded = $state.raw<LoadedModel | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #isUnderWay = $state(false);

  constructor(api: Pick<OptimizerApi, 'diagnose' | 'stopDiagnosis'>) {
    this.#api = api;
  }

  /** What is or was checked; null before the first check. */
  get spec(): ModelSpec | null {
    return this.#spec;
  }

  /** While the model loads; null before and after. */
  get loading(): LoadProgress | null {
    return this.#loading;
  }

  get results(): readonly CheckResult[] {
    return this.#results;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** Every check was made; how they ended is in the results. */
  get isWhole(): boolean {
    return this.#loaded !== null;
  }

  async run(spec: ModelSpec): Promise<void> {
    this.#spec = spec;
    this.#results = [];
    this.#loaded = null;
    this.#failure = null;
    this.#isUnderWay = true;
    try {
      this.#loaded = await this.#api.diagnose(
        spec,
        (progress) => (this.#loading = progress),
        (result) => this.#take(result),
      );
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.code !== 'cancelled') this.#failure = failure;
    } finally {
      this.#loading = null;
      this.#isUnderWay = false;
    }
  }

  stop(): void {
    if (this.#isUnderWay) void this.#api.stopDiagnosis();
  }

  /** Plain text that a person can send: what was checked, on what machine, and how it ended. No key, no data. */
  report(machine: MachineReport | null, userAgent: string): string {
    const loaded = this.#loaded;
    const model = loaded && {
      identity: loaded.identity,
      concurrency: loaded.concurrency,
      contextWindow: loaded.contextWindow,
      capabilities: loaded.capabilities,
      notes: loaded.notes,
    };
    const checks = this.#results.map(({ id, outcome, ms, detail }) => ({
      id,
      outcome,
      ms: Math.round(ms),
      ...(detail !== null && { detail }),
    }));
    const failure = this.#failure && { code: this.#failure.code, message: this.#failure.message };
    const isWhole = this.isWhole;
    return JSON.stringify(
      {
        report: 'Sentential diagnostics',
        userAgent,
        machine,
        spec: this.#spec,
        model,
        isWhole,
        failure,
        checks,
      },
      null,
      2,
    );
  }

  #take(result: CheckResult): void {
    this.#loading = null;
    this.#results = [...this.#results, result];
  }
}
