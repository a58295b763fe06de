/** Every method there is, by id. The Setup page, the Lab and the tests read this list and nothing else. */
import { apeOptions, apePresets } from './baselines/ape-options.ts';
import { ape } from './baselines/ape.ts';
import { apoOptions, apoPresets } from './baselines/apo-options.ts';
import { apo } from './baselines/apo.ts';
import { gepa, gepaOptions, gepaPresets } from './baselines/gepa.ts';
import { opro, oproOptions, oproPresets } from './baselines/opro.ts';
import { fewShot, fewShotOptions, plainPresets, startOnly, stepByStep } from './baselines/plain.ts';
import { promptAgentOptions, promptAgentPresets } from './baselines/prompt-agent-options.ts';
import { promptAgent } from './baselines/prompt-agent.ts';
import { dualPhase } from './dual-phase/dual-phase.ts';
import { validationTest } from './dual-phase/gate-choice.ts';
import { dualPhaseOptions, dualPhasePresets } from './dual-phase/options.ts';
import { prunePrompt } from './prune/method.ts';
import { pruneOptions, prunePresets } from './prune/options.ts';
import { resolveOptions, type OptionSpecs, type OptionsOf } from './options.ts';
import type { Optimizer, OptimizerResult, RunContext, Steps } from './run-context.ts';
import type { GainTest } from './stats/gate-rule.ts';

/** Named sets of options; each holds only what differs from the defaults. */
export interface Preset {
  readonly title: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, number | string | boolean>>;
}

/** In what methods differ for whoever compares them, or waits for one. */
interface Traits {
  /** What it begins with when it is given no prompt: one that the model writes, or the plain one. */
  readonly ownStart: 'written' | 'plain';
  /** Else its search ends as soon as nothing more can be shown to help, mostly one step after the first that was kept. */
  readonly takesAllSteps: boolean;
}

const usual: Traits = { ownStart: 'plain', takesAllSteps: true };

export interface Method extends Traits {
  readonly title: string;
  readonly summary: string;
  /** Paper or repository it is implemented from. */
  readonly source: string;
  readonly options: OptionSpecs;
  readonly presets: Readonly<Record<string, Preset>>;
  /** Chance of a false accept per candidate that reaches validation; null where the gate gives no such bound. */
  falseAcceptLevel(given: Readonly<Record<string, unknown>>): number | null;
  /** What a gain has to show on validation; null where the method does not test for one. @throws AppError `invalid-option` */
  validationTest(given: Readonly<Record<string, unknown>>): GainTest | null;
  /** Validates the options, then runs. @throws AppError `invalid-option` */
  start(context: RunContext, given: Readonly<Record<string, unknown>>): Steps<OptimizerResult>;
}

/** How a method tests on validation, by its options. */
interface Tests<O> {
  falseAcceptLevel(options: O): number | null;
  validationTest(options: O): GainTest | null;
}

const noTests: Tests<unknown> = { falseAcceptLevel: () => null, validationTest: () => null };

function method<S extends OptionSpecs>(
  described: Omit<Method, 'start' | 'options' | keyof Traits | keyof Tests<S>> &
    Partial<Traits> & { readonly options: S },
  optimize: Optimizer<OptionsOf<S>>,
  tests: Tests<OptionsOf<S>> = noTests,
): Method {
  return {
    ...usual,
    ...described,
    falseAcceptLevel: (given) => tests.falseAcceptLevel(resolveOptions(described.options, given)),
    validationTest: (given) => tests.validationTest(resolveOptions(described.options, given)),
    start: (context, given) => optimize(context, resolveOptions(described.options, given)),
  };
}

export const methods = {
  'dual-phase': method(
    {
      title: 'Dual-phase, sentence by sentence',
      summary:
        'Writes a structured first prompt, then rewrites one sentence at a time, guided by failures and kept only when it helps.',
      source: 'Dual-Phase Accelerated Prompt Optimization (arXiv 2406.13443)',
      options: dualPhaseOptions,
      presets: dualPhasePresets,
      ownStart: 'written',
      takesAllSteps: false,
    },
    dualPhase,
    { falseAcceptLevel: ({ gate, level }) => (gate === 'plain' ? null : level), validationTest },
  ),
  ape: method(
    {
      title: 'APE',
      summary: 'Generates many prompts from examples and keeps the one that answers most examples rightly.',
      source: 'Large Language Models Are Human-Level Prompt Engineers (arXiv 2211.01910)',
      options: apeOptions,
      presets: apePresets,
    },
    ape,
  ),
  apo: method(
    {
      title: 'APO (ProTeGi)',
      summary:
        'Turns errors into reasons in words, reasons into edits of the whole prompt, and picks the next beam by a bandit.',
      source: 'Automatic Prompt Optimization with “Gradient Descent” and Beam Search (arXiv 2305.03495)',
      options: apoOptions,
      presets: apoPresets,
    },
    apo,
  ),
  'prompt-agent': method(
    {
      title: 'PromptAgent',
      summary: 'Searches a tree of whole prompts; every edge is a reflection on errors and a rewrite.',
      source: 'PromptAgent: Strategic Planning with Language Models (arXiv 2310.16427)',
      options: promptAgentOptions,
      presets: promptAgentPresets,
    },
    promptAgent,
  ),
  opro: method(
    {
      title: 'OPRO',
      summary: 'Shows the optimizer model earlier prompts with their scores and asks for a better one.',
      source: 'Large Language Models as Optimizers (arXiv 2309.03409)',
      options: oproOptions,
      presets: oproPresets,
    },
    opro,
  ),
  gepa: method(
    {
      title: 'GEPA',
      summary:
        'Develops prompts from the Pareto front of a pool, reflecting on a few training examples at a time.',
      source: 'GEPA: Reflective Prompt Evolution (arXiv 2507.19457)',
      options: gepaOptions,
      presets: gepaPresets,
    },
    gepa,
  ),
  prune: method(
    {
      title: 'Prune',
      summary:
        'Makes your prompt shorter: leaves out or shortens sentences as long as the answers stay as good.',
      source: 'Acceptance by non-inferiority on the validation examples',
      options: pruneOptions,
      presets: prunePresets,
    },
    prunePrompt,
  ),
  'start-only': method(
    {
      title: 'The prompt as it is',
      summary: 'Only measures the starting prompt: what the others are to beat.',
      source: 'Baseline without optimization',
      options: {},
      presets: plainPresets,
    },
    startOnly,
  ),
  'step-by-step': method(
    {
      title: 'Think step by step',
      summary: 'Compares the starting prompt with the generic advice to think step by step.',
      source: 'Large Language Models are Zero-Shot Reasoners (arXiv 2205.11916)',
      options: {},
      presets: plainPresets,
    },
    stepByStep,
  ),
  'few-shot': method(
    {
      title: 'Few-shot',
      summary: 'Adds a few training examples to the starting prompt.',
      source: 'Language Models are Few-Shot Learners (arXiv 2005.14165)',
      options: fewShotOptions,
      presets: plainPresets,
    },
    fewShot,
  ),
} as const satisfies Record<string, Method>;

export type MethodId = keyof typeof methods;

export function isMethodId(value: string): value is MethodId {
  return Object.hasOwn(methods, value);
}
