/** A cache key: equal text exactly for equal plain values. YAML allows NaN and Infinity, which JSON would turn into null. */
export const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === "number" && !Number.isFinite(each) ? { number: `${each}` } : each,
  );
