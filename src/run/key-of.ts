/** A cache key, equal for equal plain values only. YAML allows NaN and Infinity, which JSON would turn into null. */
export const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === "number" && !Number.isFinite(each) ? { number: `${each}` } : each,
  );
