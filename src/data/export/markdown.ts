/** The prompt and its figures as Markdown. The text stands in a fence that nothing in it can close. */
import { scoreName } from '../../core/evaluate/score-name.ts';
import { decidingComparison } from '../../core/report.ts';
import { choiceInWords, percent, promptOf, wordsAfterInput, type ResultToExport } from './result.ts';

function fenceFor(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  return '`'.repeat(Math.max(3, longest + 1));
}

/** On one line, and without what Markdown or HTML would take for markup. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#&]/g, '\\$&');
}

function figures(result: ResultToExport): string[] {
  const { split, comparison } = decidingComparison(result.report);
  const why = choiceInWords(result.report);
  const row = (name: string, share: number, interval: { low: number; high: number }): string =>
    `| ${name} | ${percent(share)} | ${percent(interval.low)} to ${percent(interval.high)} |`;
  return [
    `| On ${comparison.examples} ${split} examples | ${scoreName(result.task.metric)} | 95 % interval |`,
    '| --- | --- | --- |',
    row('Start', comparison.start, comparison.startInterval),
    row('Best', comparison.best, comparison.bestInterval),
    '',
    `Fixed ${comparison.wins}, broke ${comparison.losses}; exact paired test p = ${comparison.pValue.toPrecision(2)}. Use: **${result.report.recommended}**.${why === null ? '' : ` ${why}`}`,
  ];
}

export function toMarkdown(result: ResultToExport): string {
  const prompt = promptOf(result);
  const fence = fenceFor(prompt);
  const suffix = wordsAfterInput(result.task);
  const suffixFence = fenceFor(suffix);
  return [
    `# ${plain(result.name)}`,
    '',
    'The prompt, to the letter as it was scored:',
    '',
    `${fence}text`,
    prompt,
    fence,
    '',
    ...(result.fingerprint === null ? [] : [`SHA-256 of the prompt: \`${result.fingerprint}\``, '']),
    ...(suffix === ''
      ? []
      : ['Put after every example when it was scored:', '', `${suffixFence}text`, suffix, suffixFence, '']),
    '## Figures',
    '',
    ...(result.isSimulated
      ? ['**Simulated model:** this shows how the method behaves, not what a language model would score.', '']
      : []),
    ...figures(result),
    '',
    '## How they came about',
    '',
    ...result.provenance.map(({ label, value }) => `- ${plain(label)}: ${plain(value)}`),
    '',
  ].join('\n');
}
