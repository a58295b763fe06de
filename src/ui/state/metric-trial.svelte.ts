/** A metric tried out on a reply that a person types. Code runs when asked to, in the sandbox a run uses too. */
import { messageOf } from '../../core/errors.ts';
import { scoredByCode } from '../../core/evaluate/answering.ts';
import { extractAnswer } from '../../core/evaluate/extract-answer.ts';
import { scoreAnswer } from '../../core/evaluate/score-answer.ts';
import type { Example, Outcome } from '../../core/types.ts';
import type { MetricSandbox } from '../metric-sandbox.ts';
import type { MetricForm } from './metric-form.svelte.ts';

type Scored = Omit<Outcome, 'exampleId' | 'output'>;

export class MetricTrial {
  readonly #form: MetricForm;
  readonly #example: Example | undefined;
  #sandbox: MetricSandbox | null = null;
  reply = $state('');
  target = $state('');
  #isRunning = $state(false);
  /** What the code gave, and for what: it is shown only while nothing else has been typed. */
  #ran = $state.raw<{ readonly asked: string; readonly scored: Scored } | null>(null);
  readonly #scored = $derived.by(() => this.#score());

  /** @param examples the first with an expected answer stands in the form at first */
  constructor(form: MetricForm, examples: readonly Example[]) {
    this.#form = form;
    this.#example = examples.find(({ target }) => target.trim() !== '');
    this.target = this.#example?.target ?? '';
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Null while something is missing. */
  get scored(): Scored | null {
    return this.#scored;
  }

  async run(): Promise<void> {
    const metric = this.#form.value?.metric;
    if (metric?.kind !== 'javascript') return;
    this.#isRunning = true;
    const { reply: output, target } = this;
    const asked = this.#asked;
    const extracted = extractAnswer(output, metric).answer;
    const { input = '', fields = {} } = this.#example ?? {};
    const values = {
      output,
      answer: extracted ?? '',
      target,
      alternatives: this.#alternatives,
      input,
      fields,
    };
    try {
      this.#sandbox ??= new (await import('../metric-sandbox.ts')).MetricSandbox();
      const verdict = await this.#sandbox.score({ code: metric.code, ...values });
      this.#ran = { asked, scored: { extracted, ...scoredByCode(metric, verdict) } };
    } catch (error) {
      this.#ran = { asked, scored: { extracted, ...scoredByCode(metric, { failure: messageOf(error) }) } };
    }
    this.#isRunning = false;
  }

  close(): void {
    this.#sandbox?.close();
  }

  get #asked(): string {
    return JSON.stringify([this.#form.value, this.reply, this.target]);
  }

  get #alternatives(): readonly string[] {
    return this.target === this.#example?.target ? (this.#example.alternatives ?? []) : [];
  }

  #score(): Scored | null {
    const { reply: output, target } = this;
    const compared = this.#form.value;
    if (compared === null || output.trim() === '') return null;
    if (compared.metric.kind === 'javascript')
      return this.#ran?.asked === this.#asked ? this.#ran.scored : null;
    return target.trim() === ''
      ? null
      : scoreAnswer({ output, target, alternatives: this.#alternatives, ...compared });
  }
}
