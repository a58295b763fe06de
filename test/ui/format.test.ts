import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inChange, inPercent, inPoints, intervalInWords } from '../../src/ui/format.ts';

const figure = (text: string): number =>
  Number(
    text
      .replace('−', '-')
      .replace(/\s(?:%|points?)$/, '')
      .replace(/^[+±]/, ''),
  );

it('rounds halves away from zero, also those that binary fractions fall just short of', () => {
  expect(inPercent(0.575)).toBe('58\u00a0%');
  expect(inPoints(0.285)).toBe('+29 points');
  expect(inPoints(-0.285)).toBe('−29 points');
  expect(intervalInWords({ low: 0.145, high: 0.575 })).toBe('15–58');
});

describe('two shares and their difference', () => {
  it.each([
    [0.41, 0.78, '41 %', '78 %', '+37 points'],
    [0.5436, 0.9153, '54.4 %', '91.5 %', '+37.1 points'],
    [0.953, 0.946, '95.3 %', '94.6 %', '−0.7 points'],
    [0.97, 0.974, '97.0 %', '97.4 %', '+0.4 points'],
    [0.5, 0.51, '50 %', '51 %', '+1 point'],
    [0.5, 0.5, '50 %', '50 %', '±0 points'],
  ])('%d to %d', (from, to, ...expected) => {
    const change = inChange(from, to);
    expect([change.from, change.to, change.points].map((text) => text.replace('\u00a0', ' '))).toEqual(
      expected,
    );
  });

  it('always agree as they are shown, and are never further off than half a point', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (from, to) => {
        const change = inChange(from, to);
        expect(figure(change.to) - figure(change.from)).toBeCloseTo(figure(change.points), 6);
        expect(Math.abs(figure(change.points) - (to - from) * 100)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
});
