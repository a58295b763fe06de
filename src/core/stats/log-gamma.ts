/** Lanczos' approximation with g = 7 and nine coefficients (Godfrey); relative error below 1e-13 for x ≥ 1. */
const g = 7;
const coefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x ≥ 1. */
export function logGamma(x: number): number {
  const series = coefficients.reduce((sum, value, i) => (i === 0 ? value : sum + value / (x - 1 + i)), 0);
  const t = x + g - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}
