/**
 * A result as one HTML file that needs nothing else: no script, no address, nothing loaded. All texts are data, also
 * those a model wrote, and are escaped.
 */
import { scoreName, type ScoreName } from '../../core/evaluate/score-name.ts';
import { decidingComparison } from '../../core/report.ts';
import type { Outcome } from '../../core/types.ts';
import {
  choiceInWords,
  promptOf,
  wordsAfterInput,
  type ResultToExport,
  type ScoredRow,
} from '../../data/export/result.ts';
import { inChange, inPercent, intervalInWords } from '../format.ts';
import { comparisonInWords, gapInWords, luckInWords, verdictOf } from '../state/result-words.ts';
import type { RunView } from '../state/run/run-view.ts';
import { attemptInWords, candidateInWords } from '../state/run/words.ts';
import { wordDiff } from '../state/text-diff.ts';
import { accuracySvg, intervalSvg } from './charts.ts';
import { html, nothing, type Html } from './html.ts';
import { reportStyle } from './style.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'";

function figures(result: ResultToExport): Html {
  const { comparison } = decidingComparison(result.report);
  const gap = gapInWords(result.report);
  const change = inChange(comparison.start, comparison.best);
  const why = choiceInWords(result.report);
  return html`<p class="big">${change.from} → <strong>${change.to}</strong></p>
    ${
      result.isSimulated
        ? html`<p>
            <strong>Simulated model:</strong> this shows how the method behaves, not what a language model
            would score.
          </p>`
        : nothing
    }
    <p>${verdictOf(result.report).advice}</p>
    <p>${comparisonInWords(result.report, result.isFork)}</p>
    ${why === null ? nothing : html`<p>Use: <strong>${result.report.recommended}</strong>. ${why}</p>`}
    ${gap === null ? nothing : html`<p class="soft">${gap}</p>`}
    <p class="soft">${luckInWords(result.report)}</p>
    ${intervalSvg([
      { label: 'Start', value: comparison.start, interval: comparison.startInterval },
      { label: 'Best', value: comparison.best, interval: comparison.bestInterval },
    ])}`;
}

function prompts({ report }: ResultToExport): Html {
  if (report.startText === report.bestText) return nothing;
  const parts = wordDiff(report.startText, report.bestText).map(({ kind, text }) =>
    kind === 'removed'
      ? html`<del>${text}</del>`
      : kind === 'added'
        ? html`<ins>${text}</ins>`
        : html`${text}`,
  );
  return html`<h2>What changed</h2>
    <pre>${parts}</pre>`;
}

function course(view: RunView, name: ScoreName): Html {
  const rows = view.points.map(
    ({ step, accuracy, interval, candidateId }) =>
      html`<tr>
        <td>${step}</td>
        <td>${candidateInWords(view.attempts, candidateId)}</td>
        <td>${inPercent(accuracy)}</td>
        <td>${intervalInWords(interval)}</td>
      </tr>`,
  );
  const kept = view.attempts
    .filter(({ state, step }) => state === 'kept' && step > 0)
    .map(
      (attempt) =>
        html`<li>
          Step ${attempt.step}: ${attempt.text} <span class="soft">${attemptInWords(attempt)}.</span>
        </li>`,
    );
  return html`<h2>How it got there</h2>
    ${accuracySvg(view, name, (id) => candidateInWords(view.attempts, id))}
    <table>
      <thead>
        <tr>
          <th>Step</th>
          <th>Best so far</th>
          <th>Validation ${name}</th>
          <th>95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <ol>
      ${kept}
    </ol>`;
}

function answer(outcome: Outcome | null): Html {
  if (outcome === null) return html`<td class="soft">not asked</td>`;
  const said = outcome.extracted ?? 'no answer found';
  return html`<td class="${outcome.correct ? 'gain' : 'loss'}">${outcome.correct ? '✓' : '✗'} ${said}</td>`;
}

function examples(rows: readonly ScoredRow[]): Html {
  const lines = rows.map(
    ({ split, example, start, best }) =>
      html`<tr>
        <td>${split}</td>
        <td class="text">${example.input}</td>
        <td>${example.target}</td>
        ${answer(start)}${answer(best)}
      </tr> `,
  );
  return html`<h2>Every example</h2>
    <table>
      <thead>
        <tr>
          <th>Part</th>
          <th>Input</th>
          <th>Expected</th>
          <th>Start</th>
          <th>Best</th>
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>`;
}

export function toHtmlReport(result: ResultToExport, view: RunView): string {
  const facts = result.provenance.map(
    ({ label, value }) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td>${value}</td>
      </tr>`,
  );
  const print = result.fingerprint;
  const after = wordsAfterInput(result.task);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${result.name}: result</title>
        <style>
          ${{ html: reportStyle }}
        </style>
      </head>
      <body>
        <h1>${result.name}: ${verdictOf(result.report).title}</h1>
        ${figures(result)}
        <h2>The prompt to use</h2>
        <pre>${promptOf(result)}</pre>
        ${print === null ? nothing : html`<p class="soft">SHA-256 <code>${print}</code></p>`}
        ${after === '' ? nothing : html`<p class="soft">Put after every example when it was scored: “${after}”</p>`}
        ${prompts(result)} ${course(view, scoreName(result.task.metric))}
        <h2>How the figures came about</h2>
        <table>
          <tbody>
            ${facts}
          </tbody>
        </table>
        ${examples(result.rows)}
      </body>
    </html> `;
  return page.html;
}
