/** A run as it is being set up: fields for the form, and from them the configuration a run is started with. */
import { answerSuffix, labelSuffix, wantsLabelOnly } from '../../core/evaluate/answer-suffix.ts';
import { isMethodId, methods, type MethodId } from '../../core/methods.ts';
import { withOption, type NumberOption, type OptionSpecs, type OptionValue } from '../../core/options.ts';
import { recommendedSizes } from '../../core/split.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { RunConfig } from '../../workers/protocol.ts';
import { ModelChoice } from './model-choice.svelte.ts';
import { namesOf, unknownNames, type UnknownName } from './prompt-names.ts';
import { RewritingModel } from './rewriting-model.svelte.ts';
import { areOptions, isLimit, isWithin, limits, longestName } from './setup-limits.ts';

/** Tokens: room to think, and room for a label alone. */
const freeAnswerTokens = 256;
const labelTokens = 16;

export class SetupForm {
  readonly model = new ModelChoice();
  readonly rewriting = new RewritingModel();

  #dataset = $state.raw<Dataset | null>(null);
  /** Of the run; the dataset's where it is left empty. */
  name = $state('');

  firstPrompt = $state<'model' | 'own'>('model');
  prompt = $state('');
  /** What the prompt may name in double braces. */
  readonly names: readonly string[] = $derived(namesOf(this.#dataset?.examples ?? []));
  /** What it names and the dataset does not have; a word for each is asked for before it is sent as text. */
  readonly unknownNames: readonly UnknownName[] = $derived(
    this.firstPrompt === 'own' ? unknownNames(this.prompt, this.names) : [],
  );

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
  askAnew = $state(false);
  /** The run it begins from, if it is one's continuation. */
  fork = $state.raw<RunConfig['fork'] | null>(null);

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

  /** What keeps the run from being started, as an order to the person; numbers say so at their fields. */
  get problem(): string | null {
    return this.model.problem ?? this.rewriting.problem ?? this.#promptProblem ?? this.#splitProblem;
  }

  get #promptProblem(): string | null {
    if (this.firstPrompt === 'model') return null;
    if (this.prompt !== '' && this.prompt.trim() === '') return 'Write your prompt.';
    const [first] = this.unknownNames;
    return first === undefined ? null : `Look at {{${first.name}}} in your prompt.`;
  }

  get #splitProblem(): string | null {
    return this.unused < 0 ? 'Take fewer examples for the splits.' : null;
  }

  /** How a number option is declared; null where the method has none of this name. */
  numberSpec(name: string): NumberOption | null {
    const specs: OptionSpecs = methods[this.#method].options;
    const spec = specs[name];
    return spec?.type === 'number' ? spec : null;
  }

  /** What its field shows: also a number that is out of range; null when the field is empty. */
  givenNumber(name: string): number | null {
    const value = this.#options[name] ?? this.numberSpec(name)?.default;
    return typeof value === 'number' && !Number.isNaN(value) ? value : null;
  }

  /** The value of a number option; null where there is none, or it cannot be used. */
  numberOption(name: string): number | null {
    const spec = this.numberSpec(name);
    const value = this.givenNumber(name);
    return spec !== null && value !== null && value >= spec.min && value <= spec.max ? value : null;
  }

  open(dataset: Dataset): void {
    this.#dataset = dataset;
    this.name = dataset.name;
    this.#takeSizes(dataset);
    this.suffix = answerSuffix(dataset.metric, dataset.choices);
  }

  /** The form as it was left, with the examples that `leave` let go. */
  reopen(dataset: Dataset): void {
    this.#dataset = dataset;
  }

  /** A form that is kept does not keep the examples, which may be many. */
  leave(): void {
    this.#dataset = null;
  }

  /** The dataset has a new version: what came from the old one comes from the new one, the person's own stays. */
  adapt(old: Dataset, next: Dataset): void {
    if (this.name === old.name) this.name = next.name;
    if (this.suffix === answerSuffix(old.metric, old.choices))
      this.suffix = answerSuffix(next.metric, next.choices);
    if (next.choices.length === 0) this.answers = 'free';
    if (old.examples.length !== next.examples.length) this.#takeSizes(next);
  }

  #takeSizes({ examples }: Dataset): void {
    const sizes = recommendedSizes(examples.length);
    this.train = sizes.train;
    this.validation = sizes.validation;
    this.test = sizes.test;
  }

  chooseMethod(id: string): void {
    if (!isMethodId(id)) return;
    this.#method = id;
    this.#options = {};
  }

  setOption(name: string, value: OptionValue): void {
    this.#options = withOption(methods[this.#method].options, this.#options, name, value);
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
    this.#followAnswers(config);
    this.askMe = config.askMe;
    this.askAnew = config.askAnew ?? false;
    this.fork = config.fork ?? null;
    this.model.follow(config.taskModel);
    this.rewriting.follow(config);
  }

  #followAnswers({ answer, metric, choices }: RunConfig): void {
    const isLabel = wantsLabelOnly(answer, choices);
    this.answers = isLabel ? 'label' : 'free';
    this.suffix = isLabel ? answerSuffix(metric, choices) : answer.suffix;
    if (!isLabel) this.freeTokens = answer.maxTokens;
  }

  /** Where the engine cannot hold a reply to a label, the words after each example ask for one. */
  #answerForm({ choices }: Dataset): Omit<RunConfig['answer'], 'maxTokens'> {
    if (this.answers === 'free') return { suffix: this.suffix.trim(), constrain: false };
    if (this.model.enforcesLabels) return { suffix: '', constrain: true };
    return { suffix: labelSuffix(choices), constrain: false };
  }

  /** Null while a number is missing or out of its range. */
  #numbers(all: number): Pick<RunConfig, 'seed' | 'sizes' | 'budget'> | null {
    const { train, validation, test, seed, calls, tokens, minutes } = this;
    const areLimits =
      isLimit(calls, limits.calls) && isLimit(tokens, limits.tokens) && isLimit(minutes, limits.minutes);
    const some = { min: 1, max: all };
    if (!areLimits || !isWithin(seed, limits.seed) || !areOptions(this.#method, this.#options)) return null;
    if (!isWithin(train, some) || !isWithin(validation, some) || !isWithin(test, { min: 0, max: all }))
      return null;
    return { seed, sizes: { train, validation, test }, budget: { calls, tokens, minutes } };
  }

  /** Null while something is missing; the form's own checks have said what. */
  toConfig(): RunConfig | null {
    const dataset = this.#dataset;
    const taskModel = this.model.spec;
    if (dataset === null || taskModel === null) return null;
    const rewriting = this.rewriting.chosen(taskModel);
    const numbers = this.#numbers(dataset.examples.length);
    const maxTokens = this.answers === 'label' ? labelTokens : this.freeTokens;
    if (rewriting === null || numbers === null || !isWithin(maxTokens, limits.answerTokens)) return null;
    return {
      name: this.name.trim().slice(0, longestName) || dataset.name,
      datasetId: dataset.id,
      method: this.#method,
      options: this.#options,
      ...numbers,
      metric: dataset.metric,
      choices: dataset.choices,
      answer: { maxTokens, ...this.#answerForm(dataset) },
      userPrompt: this.firstPrompt === 'own' ? this.prompt : null,
      taskModel,
      ...rewriting,
      askMe: this.askMe,
      ...(this.askAnew && taskModel.engine !== 'simulated' ? { askAnew: true } : {}),
      ...(this.fork === null ? {} : { fork: this.fork }),
    };
  }
}
