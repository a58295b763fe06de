/** An experiment as it is being put together: fields for the form, and from them the design it is started with. */
import type { Axis, ExperimentDesign, LabTask, Variant } from '../../core/lab/design.ts';
import { labPresets, untilSpent, type LabPreset } from '../../core/lab/presets.ts';
import { methods, type MethodId } from '../../core/methods.ts';
import { withOption, type OptionValue } from '../../core/options.ts';
import { unlimited } from '../../core/run/meter.ts';
import { builtInTasks } from '../../data/built-in/catalog.ts';
import { ModelChoice } from './model-choice.svelte.ts';

/** The same amount for every unit would be too little of one and too much of another. */
const usualAmount: Readonly<Record<Axis, number>> = { calls: 800, tokens: 500_000, minutes: 30 };

export class LabForm {
  readonly model = new ModelChoice();
  title = $state('');
  question = $state('');
  /** Ids of sample tasks and of datasets. */
  tasks = $state<string[]>([]);
  seedCount = $state<number | null>(3);
  #axis = $state<Axis>('calls');
  amount = $state<number | null>(usualAmount.calls);
  #variants = $state.raw<readonly Variant[]>([]);
  #made = 0;

  constructor() {
    this.model.isWatchable = false;
    const [first] = labPresets;
    if (first) this.fill(first);
  }

  get axis(): Axis {
    return this.#axis;
  }
  set axis(axis: Axis) {
    this.#axis = axis;
    this.amount = usualAmount[axis];
  }

  get variants(): readonly Variant[] {
    return this.#variants;
  }

  /** Runs it takes. */
  get runs(): number {
    return this.tasks.length * this.#variants.length * (this.seedCount ?? 0);
  }

  /** What is missing, as an order to the person; null when nothing is. */
  get problem(): string | null {
    if (this.tasks.length === 0) return 'Choose at least one task.';
    if (this.#variants.length === 0) return 'Add at least one method.';
    return this.model.problem;
  }

  fill(preset: LabPreset): void {
    this.title = preset.title;
    this.question = preset.question;
    this.tasks = builtInTasks.slice(0, preset.taskCount).map(({ id }) => id);
    this.#variants = preset.variants;
    this.seedCount = preset.seeds.length;
    this.axis = 'calls';
    this.amount = preset.budget.calls;
  }

  add(method: MethodId): void {
    this.#made += 1;
    const variant: Variant = {
      id: `own-${this.#made}`,
      title: this.#freeTitle(methods[method].title),
      method,
      options: untilSpent[method] ?? {},
      start: 'own',
    };
    this.#variants = [...this.#variants, variant];
  }

  remove(id: string): void {
    this.#variants = this.#variants.filter((variant) => variant.id !== id);
  }

  change(id: string, change: Partial<Pick<Variant, 'title' | 'start'>>): void {
    this.#variants = this.#variants.map((variant) =>
      variant.id === id ? { ...variant, ...change } : variant,
    );
  }

  setOption(id: string, name: string, value: OptionValue): void {
    this.#variants = this.#variants.map((variant) => {
      if (variant.id !== id) return variant;
      const { options } = methods[variant.method];
      return { ...variant, options: withOption(options, variant.options, name, value) };
    });
  }

  toDesign(tasks: readonly LabTask[]): ExperimentDesign {
    return {
      title: this.title.trim() || 'Experiment',
      question: this.question.trim(),
      tasks,
      variants: this.#variants,
      seeds: Array.from({ length: this.seedCount ?? 0 }, (_, index) => index + 1),
      budget: { ...unlimited, [this.#axis]: this.amount },
    };
  }

  /** Two variants must not have the same name: nobody could tell them apart in the chart. */
  #freeTitle(title: string): string {
    const taken = this.#variants.map((variant) => variant.title);
    if (!taken.includes(title)) return title;
    let number = 2;
    while (taken.includes(`${title} ${number}`)) number += 1;
    return `${title} ${number}`;
  }
}
