/** A run as it is being set up: fields for the form, and from them the configuration a run is started with. */
import { answerSuffix } from '../../core/evaluate/answer-suffix.ts';
import { isMethodId, methods, type MethodId } from '../../core/methods.ts';
import type { OptionValue } from '../../core/options.ts';
import { recommendedSizes } from '../../core/split.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { RunConfig } from '../../workers/protocol.ts';
import { ModelChoice } from './model-choice.svelte.ts';
import { RewritingModel } from './rewriting-model.svelte.ts';

/** Tokens: room to think, and room for a label alone. */
const freeAnswerTokens = 256;
const labelTokens = 16;

export class SetupForm {
  readonly model = new ModelChoice();
  readonly rewriting = new RewritingModel();

  #dataset = $state.raw<Dataset | null>(null);
  name = $state('');

  firstPrompt = $state<'model' | 'own'>('model');
  prompt = $state('');

  #method = $state<MethodId>('dual-phase');
  #options = $state.raw<Readonly<Record<string, OptionValue>>>({});

  train = $state<number | null>(null);
  validation = $state<number | null>(null);
  test = $state<number | null>(null);

  seed = $state<number | null>(1);
  calls = $state<number | null>(2000);
  /** Read and written ones, cached ones included. */
  tokens = $state<number | null>(null);
  minutes = $state<number | null>(null);

  answers = $state<'free' | 'label'>('free');
  freeTokens = $state<number | null>(freeAnswerTokens);
  suffix = $state('');
  askMe = $state(false);

  get dataset(): Dataset | null {
    return this.#dataset;
  }

  get method(): MethodId {
    return this.#method;
  }

  /** Options that differ from the method's defaults. */
  get options(): Readonly<Record<string, OptionValue>> {
    return this.#options;
  }

  /** Examples that no split takes. */
  get unused(): number {
    const all = this.#dataset?.examples.length ?? 0;
    return all - (this.train ?? 0) - (this.validation ?? 0) - (this.test ?? 0);
  }

  /** The value of a number option as it stands, whichever method has it. */
  numberOption(name: string): number | null {
    const spec = Object.entries<{ default: unknown }>(methods[this.#method].options).find(
      ([key]) => key === name,
    );
    const value = this.#options[name] ?? spec?.[1].default;
    return typeof value === 'number' ? value : null;
  }

  open(dataset: Dataset): void {
    this.#dataset = dataset;
    this.name = dataset.name;
    const sizes = recommendedSizes(dataset.examples.length);
    this.train = sizes.train;
    this.validation = sizes.validation;
    this.test = sizes.test;
    this.suffix = answerSuffix(dataset.metric, dataset.choices);
  }

  chooseMethod(id: string): void {
    if (!isMethodId(id)) return;
    this.#method = id;
    this.#options = {};
  }

  setOption(name: string, value: OptionValue): void {
    const specs: Readonly<Record<string, { readonly default: OptionValue }>> = methods[this.#method].options;
    const others = Object.entries(this.#options).filter(([other]) => other !== name);
    const changed = specs[name]?.default === value ? [] : [[name, value] as const];
    this.#options = Object.fromEntries([...others, ...changed]);
  }

  setOptions(options: Readonly<Record<string, OptionValue>>): void {
    this.#options = options;
  }

  /** The settings of an earlier run, to be changed or repeated. */
  follow(config: RunConfig): void {
    this.name = config.name;
    this.firstPrompt = config.userPrompt === null ? 'model' : 'own';
    this.prompt = config.userPrompt ?? '';
    this.chooseMethod(config.method);
    this.#options = config.options;
    this.train = config.sizes.train;
    this.validation = config.sizes.validation;
    this.test = config.sizes.test;
    this.seed = config.seed;
    this.calls = config.budget.calls;
    this.tokens = config.budget.tokens;
    this.minutes = config.budget.minutes;
    this.answers = config.answer.constrain ? 'label' : 'free';
    this.suffix = config.answer.suffix;
    if (!config.answer.constrain) this.freeTokens = config.answer.maxTokens;
    this.askMe = config.askMe;
    this.model.follow(config.taskModel);
    this.rewriting.follow(config);
  }

  /** Null while something is missing; the form's own checks have said what. */
  toConfig(): RunConfig | null {
    const dataset = this.#dataset;
    const taskModel = this.model.spec;
    const { train, validation, test, seed } = this;
    if (dataset === null || taskModel === null) return null;
    const rewriting = this.rewriting.chosen(taskModel);
    if (rewriting === null) return null;
    if (train === null || validation === null || test === null || seed === null) return null;
    const constrain = this.answers === 'label';
    const maxTokens = constrain ? labelTokens : (this.freeTokens ?? freeAnswerTokens);
    return {
      name: this.name.trim() || dataset.name,
      datasetId: dataset.id,
      method: this.#method,
      options: this.#options,
      seed,
      sizes: { train, validation, test },
      metric: dataset.metric,
      choices: dataset.choices,
      answer: { maxTokens, suffix: constrain ? '' : this.suffix.trim(), constrain },
      userPrompt: this.firstPrompt === 'own' ? this.prompt : null,
      taskModel,
      ...rewriting,
      budget: { calls: this.calls, tokens: this.tokens, minutes: this.minutes },
      askMe: this.askMe,
    };
  }
}
