import { describe, expect, it } from 'vitest';
import { asksWrongFirst, validationTest, withGateFor } from '../../../src/core/dual-phase/gate-choice.ts';
import { dualPhaseOptions, type DualPhaseOptions } from '../../../src/core/dual-phase/options.ts';
import { resolveOptions } from '../../../src/core/options.ts';

const optionsWith = (given: Partial<DualPhaseOptions>): DualPhaseOptions => ({
  ...resolveOptions(dualPhaseOptions, {}),
  ...given,
});
const gateOf = (given: Partial<DualPhaseOptions>, validationSize: number): string =>
  withGateFor(optionsWith(given), validationSize).gate;

describe('the gate', () => {
  it('asks all of a small validation set, and adapts where half of the level sees the wanted gain', () => {
    expect(gateOf({}, 50)).toBe('curtailed');
    expect(gateOf({}, 76)).toBe('curtailed');
    expect(gateOf({}, 77)).toBe('adaptive');
    expect(gateOf({ level: 0.01 }, 77)).toBe('curtailed');
    expect(gateOf({ validationGain: 0.2 }, 40)).toBe('adaptive');
    expect(gateOf({ validationGain: 0 }, 1000)).toBe('curtailed');
  });

  it('asks all where prompts are compared by all they solve', () => {
    expect(gateOf({ pool: 3 }, 100)).toBe('curtailed');
    expect(gateOf({ gate: 'sequential', pool: 3 }, 100)).toBe('curtailed');
    expect(gateOf({ merge: true }, 100)).toBe('curtailed');
  });

  it('is the one that was chosen, whatever the size', () => {
    expect(gateOf({ gate: 'sequential' }, 20)).toBe('sequential');
    expect(gateOf({ gate: 'curtailed' }, 200)).toBe('curtailed');
    expect(gateOf({ gate: 'plain', pool: 3 }, 200)).toBe('plain');
  });

  it('tests with the whole level, or with what is left of it at the end; the published threshold tests nothing', () => {
    expect(validationTest(optionsWith({}))).toEqual({ minGain: 0.1, level: 0.05 });
    expect(validationTest(optionsWith({ gate: 'sequential' }))).toEqual({ minGain: 0.1, level: 0.025 });
    expect(validationTest(optionsWith({ gate: 'plain' }))).toBeNull();
  });

  it('begins with what is wrong where that is less than the gain that is asked for', () => {
    const adaptive = { gate: 'adaptive', validationGain: 0.1 } as const;
    expect(asksWrongFirst(adaptive, 8, 83)).toBe(true);
    expect(asksWrongFirst(adaptive, 9, 83)).toBe(false);
    expect(asksWrongFirst({ ...adaptive, gate: 'sequential' }, 0, 83)).toBe(false);
    expect(asksWrongFirst({ ...adaptive, gate: 'curtailed' }, 50, 83)).toBe(true);
  });
});
