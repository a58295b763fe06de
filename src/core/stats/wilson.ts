import type { Interval } from '../report.ts';

/** 95 %, two-sided. */
const z95 = 1.96;

/** Wilson's score interval of a share; all of [0, 1] when nothing was observed. */
export function wilsonInterval(successes: number, n: number, z = z95): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const share = successes / n;
  const spread = (z * z) / n;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
