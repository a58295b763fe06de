import { expect, it } from 'vitest';
import { findLongInputs } from '../../src/data/long-inputs.ts';

const of = (...inputs: string[]) => findLongInputs(inputs.map((input) => ({ input })));

it('finds the inputs that do not fit beside a prompt, and says how long the longest is', () => {
  expect(of()).toBeNull();
  expect(of('short', 'a'.repeat(14_000), '漢'.repeat(3500))).toBeNull();
  expect(of('short', 'a'.repeat(16_000), 'a'.repeat(2_010_000), '漢'.repeat(4000))).toEqual({
    count: 3,
    longest: 500_000,
  });
});
