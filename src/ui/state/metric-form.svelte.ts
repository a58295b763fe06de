/** How answers are compared, as it is being changed. */
import { inferMetric } from '../../core/evaluate/infer-metric.ts';
import { usualSolvedFrom } from '../../core/evaluate/solved-from.ts';
import type { ComparedMetric, JudgedAnswer, Metric, MetricKind } from '../../core/types.ts';
import { needsTargets, type Dataset } from '../../data/dataset.ts';
import {
  betweenSlashes,
  expectedObjects,
  jsonNote,
  patternProblem,
  readWeights,
  targetPatternProblem,
  weightsInWords,
  weightsWarning,
} from './metric-details.ts';

/** How many samples show whether answers agree, without making a run much longer. */
const usualSamples = 5;

/** A beginning that can be read: what there is, and what comes back. */
const exampleCode = `// 1 is right, 0 is wrong; anything between is partly right.
return answer.trim().toLowerCase() === target.trim().toLowerCase() ? 1 : 0;`;

type Compared = Pick<Dataset, 'metric' | 'choices'>;

export class MetricForm {
  readonly #given: Metric;
  readonly #targets: readonly string[];
  #objects: ReturnType<typeof expectedObjects> | null = null;
  #kind = $state<MetricKind>('exact');
  ignoreCase = $state(false);
  needsAll = $state(false);
  /** `target`: each example's expected answer is its pattern. */
  patternFrom = $state<'target' | 'one'>('target');
  pattern = $state('');
  solvedFrom = $state<number | null>(1);
  /** A field and its weight per line; empty: all alike. */
  weightText = $state('');
  tolerance = $state<number | null>(0);
  isOrdered = $state(true);
  hasBrackets = $state(false);
  /** One label per line. */
  labelText = $state('');
  rubric = $state('');
  /** The person's own verdicts, which the judge is compared with. */
  labelled = $state.raw<readonly JudgedAnswer[]>([]);
  code = $state(exampleCode);
  /** What the compiler said, and of which code. */
  #codeFault = $state.raw<{ readonly code: string; readonly message: string } | null>(null);
  samples = $state<number | null>(usualSamples);

  /** @param examples whose answers tell how two samples are compared */
  constructor({ metric, choices, examples }: Compared & Pick<Dataset, 'examples'>) {
    this.#given = metric;
    this.#targets = examples.map(({ target }) => target).filter((target) => target.trim() !== '');
    this.kind = metric.kind;
    this.labelText = (metric.kind === 'yes-no' ? metric.labels : choices).join('\n');
    if ('ignoreCase' in metric) this.ignoreCase = metric.ignoreCase ?? false;
    if ('solvedFrom' in metric) this.solvedFrom = metric.solvedFrom ?? 1;
    if (metric.kind === 'contains') this.needsAll = metric.all ?? false;
    if (metric.kind === 'regex' && metric.pattern !== undefined) {
      this.patternFrom = 'one';
      this.pattern = metric.pattern;
    }
    if (metric.kind === 'json' && metric.weights) this.weightText = weightsInWords(metric.weights);
    if (metric.kind === 'number') this.tolerance = metric.tolerance ?? 0;
    if (metric.kind === 'judge') {
      this.rubric = metric.rubric;
      this.labelled = metric.labelled ?? [];
    }
    if (metric.kind === 'javascript') this.code = metric.code;
    if (metric.kind === 'self-consistency') this.samples = metric.samples;
    if (metric.kind === 'list') {
      this.isOrdered = metric.ordered;
      this.hasBrackets = metric.brackets ?? false;
    }
  }

  get kind(): MetricKind {
    return this.#kind;
  }

  set kind(kind: MetricKind) {
    this.#kind = kind;
    this.solvedFrom = usualSolvedFrom[kind] ?? 1;
  }

  /** Without expected answers some metrics have nothing to compare with. */
  isPossible(kind: MetricKind): boolean {
    return this.#targets.length > 0 || !needsTargets({ kind });
  }

  get isGraded(): boolean {
    return this.#kind in usualSolvedFrom;
  }

  get labels(): readonly string[] {
    const lines = this.labelText.split('\n').map((line) => line.trim());
    return lines.filter((line, index) => line !== '' && lines.indexOf(line) === index);
  }

  get needsLabels(): boolean {
    return this.kind === 'yes-no' || this.kind === 'label' || this.kind === 'multiple-choice';
  }

  get problem(): string | null {
    const { kind, labels } = this;
    if (kind === 'judge' && this.rubric.trim() === '') return 'Say in words what a good answer is.';
    if (kind === 'javascript') return this.#codeProblem;
    if (kind === 'yes-no' && labels.length !== 2)
      return `Expected two labels, one per line; there are ${labels.length}.`;
    if (kind === 'label' && labels.length < 2) return 'Expected at least two labels, one per line.';
    if (kind === 'regex') return this.#patternProblem;
    return kind === 'json' ? readWeights(this.weightText).problem : null;
  }

  /** What does not keep the metric from being used and should be known. */
  get note(): string | null {
    return this.kind === 'json' ? jsonNote(this.#targets) : null;
  }

  /** What will not do what was meant, most likely. */
  get warning(): string | null {
    return this.kind === 'json' ? weightsWarning(this.weightText, this.#expected) : null;
  }

  /** Parsed once: a large dataset must not hold up typing. */
  get #expected(): ReturnType<typeof expectedObjects> {
    this.#objects ??= expectedObjects(this.#targets);
    return this.#objects;
  }

  /** What was typed as code writes a pattern; null where it was not. */
  get slashed(): ReturnType<typeof betweenSlashes> {
    return this.kind === 'regex' && this.patternFrom === 'one' ? betweenSlashes(this.pattern) : null;
  }

  takeSlashed(): void {
    const { slashed } = this;
    if (slashed === null) return;
    this.pattern = slashed.pattern;
    this.ignoreCase ||= slashed.ignoreCase;
  }

  /**
   * Compiles the code where a run would, since the page may compile nothing. What cannot be checked for want of a
   * sandbox is let through: no run can be started with it there.
   * @returns whether the metric can be stored; what is wrong is the `problem` from then on
   */
  async check(): Promise<boolean> {
    const { code } = this;
    if (this.kind !== 'javascript' || this.problem !== null) return this.problem === null;
    const { faultOf } = await import('../metric-sandbox.ts');
    const message = await faultOf(code).catch(() => null);
    this.#codeFault = message === null ? null : { code, message };
    return message === null;
  }

  get #codeProblem(): string | null {
    if (this.code.trim() === '') return 'Write what gives the score.';
    return this.#codeFault?.code === this.code ? this.#codeFault.message : null;
  }

  get #patternProblem(): string | null {
    return this.patternFrom === 'one'
      ? patternProblem(this.pattern, this.#targets)
      : targetPatternProblem(this.#targets);
  }

  /** Null while something is missing. */
  get value(): Compared | null {
    const metric = this.problem === null ? this.#metric() : null;
    const hasLabels = this.needsLabels || this.kind === 'self-consistency';
    return metric === null ? null : { metric, choices: hasLabels ? this.labels : [] };
  }

  #metric(): Metric | null {
    const cased = this.ignoreCase && { ignoreCase: true };
    const solved = this.#solved();
    switch (this.kind) {
      case 'exact':
      case 'starts-with':
        return { kind: this.kind, ...cased };
      case 'contains':
        return { kind: 'contains', ...cased, ...(this.needsAll && { all: true }) };
      case 'regex':
        return { kind: 'regex', ...cased, ...(this.patternFrom === 'one' && { pattern: this.pattern }) };
      case 'token-f1':
      case 'rouge-l':
        return solved && { kind: this.kind, ...solved };
      case 'levenshtein':
        return solved && { kind: 'levenshtein', ...cased, ...solved };
      case 'json': {
        const { weights } = readWeights(this.weightText);
        return solved && { kind: 'json', ...cased, ...solved, ...(weights && { weights }) };
      }
      case 'number':
        return this.tolerance === null
          ? null
          : { kind: 'number', ...(this.tolerance > 0 && { tolerance: this.tolerance }) };
      case 'list':
        return { kind: 'list', ordered: this.isOrdered, ...(this.hasBrackets && { brackets: true }) };
      case 'yes-no':
        return this.#pair();
      case 'javascript':
        return solved && { kind: 'javascript', code: this.code, ...solved };
      case 'judge':
        return {
          kind: 'judge',
          rubric: this.rubric.trim(),
          ...(this.labelled.length > 0 && { labelled: this.labelled }),
        };
      case 'self-consistency':
        return this.samples === null
          ? null
          : { kind: 'self-consistency', samples: this.samples, answers: this.#comparison() };
      case 'multiple-choice':
      case 'label':
        return { kind: this.kind };
    }
  }

  /** Null while the field holds no score above 0 and up to 1. */
  #solved(): { readonly solvedFrom?: number } | null {
    const { solvedFrom } = this;
    if (solvedFrom === null || solvedFrom <= 0 || solvedFrom > 1) return null;
    return solvedFrom < 1 ? { solvedFrom } : {};
  }

  #pair(): Metric | null {
    const [first, second] = this.labels;
    return first === undefined || second === undefined ? null : { kind: 'yes-no', labels: [first, second] };
  }

  /** When two samples are the same answer: as answers were compared before, or as the labels suggest. */
  #comparison(): ComparedMetric {
    if (this.#given.kind === 'self-consistency') return this.#given.answers;
    if (this.#given.kind !== 'judge' && this.#given.kind !== 'javascript') return this.#given;
    const inferred = this.#targets.length === 0 ? null : inferMetric(this.#targets);
    return inferred ?? { kind: 'exact', ignoreCase: true };
  }
}
