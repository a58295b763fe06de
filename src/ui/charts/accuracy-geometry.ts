/** Where the marks of the accuracy chart go, in pixels. */
import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import {
  dotPositions,
  pointPositions,
  type AccuracyPoint,
  type Axis,
  type CandidateDot,
} from '../state/run/curve.ts';
import { tickLabels } from './tick-labels.ts';

export const margin = { top: 12, right: 28, bottom: 34, left: 38 } as const;

export interface ChartInput {
  readonly points: readonly AccuracyPoint[];
  readonly dots: readonly CandidateDot[];
  /** Where the run is and where the axis ends, in units of the axis. */
  readonly now: number;
  readonly end: number;
  readonly axis: Axis;
  readonly width: number;
  readonly height: number;
}

interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface AccuracyGeometry {
  readonly line: string;
  /** The intervals of the best prompt, over the time it was the best. */
  readonly band: string;
  readonly points: readonly { x: number; y: number; low: number; high: number; point: AccuracyPoint }[];
  readonly dots: readonly { x: number; y: number; dot: CandidateDot }[];
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
}

function stepLabel(value: number): string {
  return value === 0 ? 'start' : `step ${value}`;
}

function ticksAcross(axis: Axis, end: number, width: number, x: (value: number) => number): Tick[] {
  const wanted = Math.max(2, Math.floor(width / 68));
  if (axis !== 'steps') {
    const values = scaleLinear([0, end], [0, width]).ticks(wanted);
    const labels = tickLabels(values);
    return values.map((value, index) => ({ at: x(value), label: labels[index] ?? '' }));
  }
  const every = Math.max(1, Math.ceil((end + 1) / wanted));
  const values = Array.from({ length: Math.floor(end / every) + 1 }, (_, index) => index * every);
  return values.map((value) => ({ at: x(value), label: stepLabel(value) }));
}

export function accuracyGeometry(input: ChartInput): AccuracyGeometry {
  const { points, dots, axis, now, end, width, height } = input;
  const x = scaleLinear([0, end], [margin.left + 8, width - margin.right]);
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
  const xs = pointPositions(points, axis);
  const marks = points.map((point, index) => ({
    x: x(xs[index] ?? 0),
    y: y(point.accuracy),
    low: y(point.interval.low),
    high: y(point.interval.high),
    point,
  }));
  // The best prompt stays the best until now: the line goes on to where the run is.
  const last = marks.at(-1);
  const nowX = x(Math.min(end, now));
  const path = last ? [...marks, { ...last, x: Math.max(last.x, nowX) }] : [];
  type Mark = (typeof path)[number];
  const dotXs = dotPositions(dots, axis);
  return {
    line:
      line<Mark>(
        (mark) => mark.x,
        (mark) => mark.y,
      ).curve(curveStepAfter)(path) ?? '',
    band:
      area<Mark>(
        (mark) => mark.x,
        (mark) => mark.low,
        (mark) => mark.high,
      ).curve(curveStepAfter)(path) ?? '',
    points: marks,
    dots: dots.map((dot, index) => ({ x: x(dotXs[index] ?? 0), y: y(dot.accuracy), dot })),
    across: ticksAcross(axis, end, width, x),
    up: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ at: y(value), label: String(value * 100) })),
  };
}
