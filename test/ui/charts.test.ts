import { describe, expect, it } from 'vitest';
import { accuracyGeometry, margin } from '../../src/ui/charts/accuracy-geometry.ts';
import { tickLabels } from '../../src/ui/charts/tick-labels.ts';
import { positionOf, reach, type Axis } from '../../src/ui/state/run/curve.ts';
import { applyEvents, emptyView } from '../../src/ui/state/run/run-view.ts';
import { runningLog } from './sample-run.ts';

const view = applyEvents(emptyView, runningLog().events);

function draw(axis: Axis) {
  const { points, dots } = view;
  const now = positionOf(axis, view);
  return accuracyGeometry({
    points,
    dots,
    now,
    end: reach(axis, now, 5),
    axis,
    width: 460,
    height: 240,
  });
}

describe('the accuracy chart', () => {
  it.each<Axis>(['steps', 'calls', 'tokens', 'minutes'])(
    'keeps every mark inside its frame, by %s',
    (axis) => {
      const { points, dots } = draw(axis);
      const marks = [...points, ...dots];
      expect(points).toHaveLength(3);
      expect(dots).toHaveLength(3);
      for (const { x, y } of marks) {
        expect(x).toBeGreaterThanOrEqual(margin.left);
        expect(x).toBeLessThanOrEqual(460 - margin.right);
        expect(y).toBeGreaterThanOrEqual(margin.top);
        expect(y).toBeLessThanOrEqual(240 - margin.bottom);
      }
    },
  );

  it('draws a better prompt higher, inside its interval', () => {
    const { points } = draw('steps');
    const heights = points.map((point) => point.y);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    for (const { y, low, high } of points) {
      expect(y).toBeLessThan(low);
      expect(y).toBeGreaterThan(high);
    }
  });

  it('labels the steps that are planned, so that the axis stands still', () => {
    expect(draw('steps').across.map((tick) => tick.label)).toEqual([
      'start',
      'step 1',
      'step 2',
      'step 3',
      'step 4',
      'step 5',
    ]);
  });

  it('has something to draw before anything was measured', () => {
    const empty = accuracyGeometry({
      points: [],
      dots: [],
      now: 0,
      end: 1,
      axis: 'calls',
      width: 460,
      height: 240,
    });
    expect(empty.line).toBe('');
    expect(empty.up).toHaveLength(5);
  });
});

describe('the labels of an axis', () => {
  it('are short, and differ however close the ticks are', () => {
    expect(tickLabels([0, 500, 1000, 1500])).toEqual(['0', '500', '1K', '1.5K']);
    expect(tickLabels([0, 0.05, 0.1, 0.15])).toEqual(['0', '0.05', '0.1', '0.15']);
    expect(tickLabels([1000, 1020, 1040])).toEqual(['1K', '1.02K', '1.04K']);
  });
});
