/** The charts of a report as SVG without a script: the same geometry as on the page, at a fixed width. */
import type { ScoreName } from '../../core/evaluate/score-name.ts';
import type { Interval } from '../../core/report.ts';
import { accuracyGeometry, margin } from '../charts/accuracy-geometry.ts';
import { inPercent, intervalInWords } from '../format.ts';
import { positionOf, reach } from '../state/run/curve.ts';
import type { RunView } from '../state/run/run-view.ts';
import { html, type Html } from './html.ts';

const width = 720;
const height = 240;

export function accuracySvg(view: RunView, name: ScoreName, describe: (candidateId: string) => string): Html {
  const now = positionOf('steps', view);
  const { points, dots } = view;
  const chart = accuracyGeometry({
    points,
    dots,
    now,
    end: reach('steps', now, null),
    axis: 'steps',
    width,
    height,
  });
  const up = chart.up.map(
    ({ at, label }) =>
      html`<line x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}" /><text
          x="${margin.left - 8}"
          y="${at}"
          dy="0.35em"
          text-anchor="end"
          >${label}</text
        >`,
  );
  const across = chart.across.map(
    ({ at, label }) =>
      html`<text x="${at}" y="${height - margin.bottom + 18}" text-anchor="middle">${label}</text>`,
  );
  const tried = chart.dots.map(
    ({ x, y, dot }) =>
      html`<circle class="${dot.accepted ? 'dot kept' : 'dot'}" cx="${x}" cy="${y}" r="3.5"
        ><title>
          ${describe(dot.candidateId)}: fixed ${dot.wins}, broke ${dot.losses} of ${dot.planned}
        </title></circle
      >`,
  );
  const best = chart.points.map(
    ({ x, y, low, high, point }) =>
      html`<g class="point"
        ><path d="M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8" /><circle
          cx="${x}"
          cy="${y}"
          r="5"
        /><title>${inPercent(point.accuracy)}, 95 % interval ${intervalInWords(point.interval)}</title></g
      >`,
  );
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Validation ${name} as the run went on; the table below has the figures."
  >
    <g class="grid">${up}${across}</g>
    <path class="band" d="${chart.band}" />
    <path class="line" d="${chart.line}" />
    ${tried}${best}
  </svg>`;
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly interval: Interval;
}

const barHeight = 30;
const left = 70;
const right = 20;

export function intervalSvg(bars: readonly Bar[]): Html {
  const total = bars.length * barHeight + 22;
  const x = (share: number): number => left + share * (width - left - right);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      html`<line x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${total - 20}" /><text
          x="${x(tick)}"
          y="${total - 5}"
          text-anchor="middle"
          >${tick * 100}</text
        >`,
  );
  const rows = bars.map(({ label, value, interval }, index) => {
    const y = index * barHeight + barHeight / 2;
    return html`<text x="0" y="${y}" dy="0.35em">${label}</text
      ><line class="interval" x1="${x(interval.low)}" x2="${x(interval.high)}" y1="${y}" y2="${y}" /><circle
        class="value"
        cx="${x(value)}"
        cy="${y}"
        r="5.5"
      />`;
  });
  const said = bars.map(
    ({ label, value, interval }) => `${label} ${inPercent(value)}, interval ${intervalInWords(interval)}`,
  );
  return html`<svg viewBox="0 0 ${width} ${total}" role="img" aria-label="${said.join('; ')}">
    <g class="grid">${grid}</g>
    ${rows}
  </svg>`;
}
