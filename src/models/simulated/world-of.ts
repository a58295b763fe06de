/** The simulated model's world for a dataset: declared by built-in tasks, generic for imported data. */
import type { Example, Metric } from '../../core/types.ts';
import type { Dataset } from '../../data/dataset.ts';
import { drawOf, pickOf } from './draws.ts';
import { genericFacets } from './generic-facets.ts';
import type { Facet, SimulatedExample, SimulatedWorld } from './world.ts';

/** Shares of imported examples that need a facet; chosen like those of the built-in tasks. */
const generic = { format: 0.3, steps: 0.4, check: 0.2, literal: 0.35, 'prefer-label': 0.7 } as const;

/** Answers that count as a label when they are few and come again and again. */
const mostLabels = 12;

function labelsOf({ choices, examples }: Dataset): readonly string[] {
  if (choices.length > 0) return choices;
  const targets = [...new Set(examples.map(({ target }) => target))];
  if (targets.every((target) => target === '')) return [];
  return targets.length <= mostLabels && targets.length * 3 <= examples.length ? targets : [];
}

function mostFrequent(labels: readonly string[], examples: readonly Example[]): string | null {
  const count = (label: string): number => examples.filter(({ target }) => target === label).length;
  return labels.toSorted((a, b) => count(b) - count(a))[0] ?? null;
}

function isNumberMetric(metric: Metric, target: string): boolean {
  return metric.kind === 'number' && Number.isFinite(Number(target.replace(/[,\s]/g, '')));
}

function swapFirstItems(target: string): string {
  const separator = /[,;\n]/.test(target) ? /([,;\n]\s*)/ : /(\s+)/;
  const [first = '', between = '', second = '', ...rest] = target.split(separator);
  return second === '' ? '' : [second, between, first, ...rest].join('');
}

/** A wrong answer of the kind that the task has. */
function slipFor(
  { input, target }: Example,
  metric: Metric,
  labels: readonly string[],
  targets: readonly string[],
): string {
  const others = (labels.length > 0 ? labels : targets).filter((other) => other !== target);
  if (isNumberMetric(metric, target)) {
    return String(Number(target.replace(/[,\s]/g, '')) + (drawOf('slip', input) < 0.5 ? 1 : -1));
  }
  const swapped = metric.kind === 'list' ? swapFirstItems(target) : '';
  if (swapped !== '' && swapped !== target) return swapped;
  return others.length > 0 ? pickOf(others, 'slip', input) : 'unknown';
}

function isNeeded({ id }: Facet, { input, target }: Example, frequentLabel: string | null): boolean {
  if (!(id in generic)) return false;
  if (id === 'prefer-label' && target !== frequentLabel) return false;
  return drawOf('need', id, input) < generic[id as keyof typeof generic];
}

/** What it holds for right where nobody has said what is. */
const invented = ['alpha', 'beta', 'gamma', 'delta'] as const;

/** Columns that only repeat the answer would give it away and are no part of the question. */
function shownParts({
  input,
  target,
  fields,
}: Example): Pick<SimulatedExample, 'input' | 'target' | 'columns'> {
  const columns = Object.values(fields ?? {}).filter((value) => value.trim() !== '' && value !== target);
  const answer = target === '' ? pickOf(invented, 'target', input) : target;
  return { input: input.trim(), target: answer, ...(columns.length > 1 ? { columns } : {}) };
}

function genericWorld(dataset: Dataset): SimulatedWorld {
  const { metric, examples } = dataset;
  const labels = labelsOf(dataset);
  const frequentLabel = metric.kind === 'multiple-choice' ? null : mostFrequent(labels, examples);
  const facets = genericFacets(metric, frequentLabel);
  const targets = [...new Set(examples.map(({ target }) => target))];
  return {
    facets,
    examples: examples.map((example) => ({
      ...shownParts(example),
      needs: facets.filter((facet) => isNeeded(facet, example, frequentLabel)).map(({ id }) => id),
      slips: { '': slipFor(example, metric, labels, targets) },
    })),
  };
}

/** Examples without declared needs (added by hand to a built-in task) need nothing but care. */
function declaredExample(example: Example, { needs, metric, choices, examples }: Dataset): SimulatedExample {
  const shown = shownParts(example);
  const declared = needs?.[example.id];
  if (declared) return { ...shown, ...declared };
  return {
    ...shown,
    needs: [],
    slips: {
      '': slipFor(
        example,
        metric,
        choices,
        examples.map((one) => one.target),
      ),
    },
  };
}

export function worldOf(dataset: Dataset): SimulatedWorld {
  if (dataset.facets === null) return genericWorld(dataset);
  return {
    facets: dataset.facets,
    examples: dataset.examples.map((example) => declaredExample(example, dataset)),
  };
}
