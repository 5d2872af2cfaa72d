/** Keys of caches. */

/** The same text for equal plain values only. JSON alone would take NaN and Infinity, which YAML has, for null. */
export const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === "number" && !Number.isFinite(each) ? { number: `${each}` } : each,
  );
