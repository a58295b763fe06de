/** z with P(Z ≤ z) = p for a standard normal Z: Acklam's rational approximation, relative error below 1.2e-9. */
const central = {
  above: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  below: [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ],
};
const tail = {
  above: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
};
const tailStart = 0.02425;

const polynomial = (terms: readonly number[], x: number): number =>
  terms.reduce((sum, term) => sum * x + term, 0);

/** @param p in (0, 1) */
export function normalQuantile(p: number): number {
  if (p > 1 - tailStart) return -normalQuantile(1 - p);
  if (p < tailStart) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(tail.above, q) / polynomial(tail.below, q);
  }
  const q = p - 0.5;
  return (q * polynomial(central.above, q * q)) / polynomial(central.below, q * q);
}
