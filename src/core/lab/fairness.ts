/** What makes a comparison fair, what it leaves out, and in what the methods were not alike. */
import { methods } from '../methods.ts';
import type { OptionSpecs, OptionValue } from '../options.ts';
import { axisOf, type ExperimentDesign, type Variant } from './design.ts';
import { amountInWords } from './units.ts';

const startWords = {
  written: 'writes its own first prompt',
  plain: 'begins with a plain prompt',
  'phase-1': 'begins with the first prompt of dual-phase',
} as const;

function startInWords({ method, start }: Variant): string {
  return startWords[start === 'own' ? methods[method].ownStart : start];
}

/** Of the methods together: whether first prompts are compared as well as searches. */
function startsInWords(variants: readonly Variant[]): string {
  if (variants.every(({ start }) => start === 'phase-1'))
    return 'All begin with the same first prompt, that of dual-phase, and each is charged what it cost: only the searches differ.';
  const starts = new Set(variants.map(startInWords));
  if (starts.size > 1)
    return 'The methods do not all begin alike, so their first prompts are compared as well as their searches: dual-phase writes its own first prompt unless it is given one, the others begin with a plain prompt that says nothing of the answers.';
  return starts.has(startWords.plain)
    ? 'All begin with the same plain prompt, which says nothing of the answers.'
    : 'Each writes its own first prompt, and its budget pays for it.';
}

function valueInWords(value: OptionValue | undefined): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** “maxDepth” → “max depth” */
function spelled(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** “begins with a plain prompt; iterations 50 (usually 12)”: where a variant begins, and every option not left as it is. */
export function variantInWords(variant: Variant): string {
  const specs: OptionSpecs = methods[variant.method].options;
  const changed = Object.entries(variant.options)
    .filter(([name, value]) => specs[name]?.default !== value)
    .map(
      ([name, value]) =>
        `${spelled(name)} ${valueInWords(value)} (usually ${valueInWords(specs[name]?.default)})`,
    );
  return `${startInWords(variant)}; ${changed.length === 0 ? 'all options as usual' : changed.join(', ')}`;
}

export function fairness(design: ExperimentDesign, isSimulated: boolean): string {
  const axis = axisOf(design);
  const budget = amountInWords(design.budget[axis] ?? 0, { axis, isSimulated });
  return [
    `Every method had the same examples in the same three parts, the same model and ${budget} per run.`,
    startsInWords(design.variants),
    'A reply that is known from before within a run is reused and not charged again, for all alike; a reply found in the memory of another run is charged at its recorded cost.',
    'Test examples are asked beside the runs, outside the budget; no method sees them.',
    'The test is the exact sign test on runs paired by task and seed, corrected by Holm for the number of comparisons.',
  ].join(' ');
}
