/** The first of those with the highest value. */
export function highest<T>(items: readonly T[], valueOf: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || valueOf(item) > valueOf(best) ? item : best),
    undefined,
  );
}
