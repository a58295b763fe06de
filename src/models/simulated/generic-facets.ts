/** Facets for imported data, of which nobody has said what its answers depend on. */
import type { Metric } from '../../core/types.ts';
import type { Facet } from './world.ts';

/** What an answer is called, by metric. */
const answerNames: Readonly<Record<Metric['kind'], string>> = {
  exact: 'answer',
  contains: 'answer',
  'starts-with': 'answer',
  regex: 'answer',
  'token-f1': 'answer',
  'rouge-l': 'answer',
  levenshtein: 'answer',
  json: 'JSON object',
  'multiple-choice': 'option letter',
  'yes-no': 'label',
  number: 'number',
  list: 'list',
  label: 'label',
  judge: 'answer',
  'self-consistency': 'answer',
  javascript: 'answer',
};

function formatFacet(metric: Metric): Facet {
  const name = answerNames[metric.kind];
  return {
    id: 'format',
    kind: 'format',
    label: `the answer is only the ${name}`,
    statements: [
      `Write only the final ${name} and nothing else.`,
      `Reply with just the ${name} and no explanation.`,
      `Output a single ${name} without any further words.`,
    ],
    cues: [
      ['answer', 'reply', 'respond', 'write', 'give', 'output'],
      ['only', 'just', 'single', 'nothing else'],
    ],
  };
}

const steps: Facet = {
  id: 'steps',
  kind: 'step',
  label: 'work step by step',
  statements: [
    'Work step by step before you decide.',
    'Go through the facts of the input one at a time.',
    'Reason step by step and keep track of every intermediate result.',
  ],
  cues: [['step by step', 'one at a time', 'intermediate', 'one by one']],
};

const check: Facet = {
  id: 'check',
  kind: 'step',
  label: 'check the answer against the input',
  statements: [
    'Check the result once more against the input.',
    'Verify that nothing in the input contradicts the result.',
    'Before you finish, double-check every detail that the result depends on.',
  ],
  cues: [['check', 'verify', 'double-check', 'contradict']],
};

/** A rule that holds in the data: where a case is unclear, the more frequent label is right. */
function preferLabel(label: string): Facet {
  return {
    id: 'prefer-label',
    kind: 'convention',
    label: `unclear cases are "${label}"`,
    statements: [
      `If the case is unclear, choose "${label}".`,
      `Prefer "${label}" whenever the evidence is mixed.`,
      `When in doubt, decide for "${label}".`,
    ],
    cues: [['unclear', 'mixed', 'doubt', 'unsure', 'uncertain', 'ambiguous'], [label]],
  };
}

const literal: Facet = {
  id: 'literal',
  kind: 'convention',
  label: 'the wording counts literally',
  statements: [
    'Take the wording of the question literally.',
    'Follow the exact wording of the question instead of what is usually meant.',
    'Consider only what is literally stated in the input.',
  ],
  cues: [['literal', 'exact wording']],
};

/** @param frequentLabel null when answers are open */
export function genericFacets(metric: Metric, frequentLabel: string | null): readonly Facet[] {
  return [formatFacet(metric), steps, check, frequentLabel === null ? literal : preferLabel(frequentLabel)];
}
