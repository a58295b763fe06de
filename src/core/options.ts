/**
 * Options of methods: declared once with meaning, unit, default and range; the type, the validation, the Setup
 * page's form and the documentation all come from the declaration.
 */
import { AppError } from './errors.ts';

interface Described {
  /** One line for the person who sets it. */
  readonly meaning: string;
  /** What the number counts, e.g. "calls"; empty for plain shares. */
  readonly unit?: string;
  /** Shown only when asked for. */
  readonly advanced?: boolean;
}

export interface NumberOption extends Described {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

export interface ChoiceOption<T extends string = string> extends Described {
  readonly type: 'choice';
  readonly default: T;
  readonly choices: readonly T[];
}

export interface SwitchOption extends Described {
  readonly type: 'switch';
  readonly default: boolean;
}

export type OptionSpec = NumberOption | ChoiceOption | SwitchOption;
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValue = number | string | boolean;

export type OptionsOf<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K] extends ChoiceOption<infer T>
    ? T
    : S[K] extends NumberOption
      ? number
      : boolean;
};

export function integer(
  meaning: string,
  value: number,
  min: number,
  max: number,
  more: Omit<Described, 'meaning'> = {},
): NumberOption {
  return { type: 'number', meaning, default: value, min, max, integer: true, ...more };
}

export function share(
  meaning: string,
  value: number,
  min = 0,
  max = 1,
  more: Omit<Described, 'meaning'> = {},
): NumberOption {
  return { type: 'number', meaning, default: value, min, max, integer: false, ...more };
}

export function choice<const T extends string>(
  meaning: string,
  value: NoInfer<T>,
  choices: readonly T[],
  more: Omit<Described, 'meaning'> = {},
): ChoiceOption<T> {
  return { type: 'choice', meaning, default: value, choices, ...more };
}

export function toggle(meaning: string, value: boolean, more: Omit<Described, 'meaning'> = {}): SwitchOption {
  return { type: 'switch', meaning, default: value, ...more };
}

/** Only what differs from the defaults, with one value changed. */
export function withOption(
  specs: OptionSpecs,
  given: Readonly<Record<string, OptionValue>>,
  name: string,
  value: OptionValue,
): Readonly<Record<string, OptionValue>> {
  const { [name]: _, ...others } = given;
  return specs[name]?.default === value ? others : { ...others, [name]: value };
}

function expectation(spec: OptionSpec): string {
  if (spec.type === 'switch') return 'true or false';
  if (spec.type === 'choice') return `one of ${spec.choices.join(', ')}`;
  return `${spec.integer ? 'a whole number' : 'a number'} from ${spec.min} to ${spec.max}`;
}

function fits(spec: OptionSpec, value: unknown): boolean {
  if (spec.type === 'switch') return typeof value === 'boolean';
  if (spec.type === 'choice') return typeof value === 'string' && spec.choices.includes(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return value >= spec.min && value <= spec.max && (!spec.integer || Number.isInteger(value));
}

/**
 * Fills in defaults and checks every value.
 * @throws AppError `invalid-option` that names the option, what was expected and what was given
 */
export function resolveOptions<S extends OptionSpecs>(
  specs: S,
  given: Readonly<Record<string, unknown>> = {},
): OptionsOf<S> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name)) {
      throw new AppError('invalid-option', `Expected an option of this method, got "${name}".`, {
        place: { field: name },
      });
    }
  }
  const entries = Object.entries(specs).map(([name, spec]) => {
    const value = given[name] ?? spec.default;
    if (!fits(spec, value)) {
      throw new AppError(
        'invalid-option',
        `Expected ${name} to be ${expectation(spec)}, got ${JSON.stringify(value)}.`,
        {
          place: { field: name },
        },
      );
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as OptionsOf<S>;
}
