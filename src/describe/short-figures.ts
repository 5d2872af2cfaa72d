/** Figures in short form. */

/** A whole number in full, any other number with at most four digits. */
export const shortNumber = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** ns as ms; `none` for Infinity. */
export const msText = (ns: number): string => (ns === Infinity ? "none" : shortNumber(ns / 1e6));

/** ns as ms; null for Infinity and NaN, which JSON does not have. */
export const msOrNull = (ns: number): number | null => (Number.isFinite(ns) ? ns / 1e6 : null);
