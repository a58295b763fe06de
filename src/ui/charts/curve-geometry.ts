/** Where the lines and bands of the Lab's curves go, in pixels. */
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { CurveSample } from '../../core/lab/statistics.ts';
import { tickLabels } from './tick-labels.ts';

export const margin = { top: 12, right: 20, bottom: 34, left: 38 } as const;

/** A variant's mean test accuracy by what was spent. */
export interface CurveLine {
  readonly id: string;
  readonly title: string;
  readonly samples: readonly CurveSample[];
}

interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface CurveGeometry {
  readonly lines: readonly { readonly id: string; readonly line: string; readonly band: string }[];
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
}

export function curveGeometry(lines: readonly CurveLine[], width: number, height: number): CurveGeometry {
  const end = Math.max(...lines.map(({ samples }) => samples.at(-1)?.at ?? 0)) || 1;
  const x = scaleLinear([0, end], [margin.left, Math.max(margin.left, width - margin.right)]);
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
  const values = x.ticks(Math.max(2, Math.floor(width / 90)));
  const labels = tickLabels(values);
  // Before there is a first prompt there is nothing to draw.
  const drawLine = line<CurveSample>(
    (sample) => x(sample.at),
    (sample) => y(sample.estimate?.mean ?? 0),
  )
    .defined((sample) => sample.estimate !== null)
    .curve(curveStepAfter);
  const drawBand = area<CurveSample>(
    (sample) => x(sample.at),
    (sample) => y(sample.estimate?.interval?.low ?? 0),
    (sample) => y(sample.estimate?.interval?.high ?? 0),
  )
    .defined((sample) => (sample.estimate?.interval ?? null) !== null)
    .curve(curveStepAfter);
  return {
    lines: lines.map(({ id, samples }) => ({
      id,
      line: drawLine(samples) ?? '',
      band: drawBand(samples) ?? '',
    })),
    across: values.map((value, index) => ({ at: x(value), label: labels[index] ?? '' })),
    up: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ at: y(value), label: String(value * 100) })),
  };
}

/** What a line ends at; null where there never was a prompt. */
export function endOf({ samples }: CurveLine): number | null {
  return samples.at(-1)?.estimate?.mean ?? null;
}
