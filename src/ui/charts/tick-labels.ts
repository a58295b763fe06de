/** Labels of an axis: short, and never two alike, which would say that the axis stands still. */
const mostDigits = 4;

/** “0”, “500”, “1.5K”; with as many decimals as it takes to tell neighbours apart. */
export function tickLabels(values: readonly number[]): string[] {
  const labelled = (digits: number): string[] => {
    const format = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: digits });
    return values.map((value) => format.format(value));
  };
  for (let digits = 1; digits < mostDigits; digits += 1) {
    const labels = labelled(digits);
    if (new Set(labels).size === labels.length) return labels;
  }
  return labelled(mostDigits);
}
