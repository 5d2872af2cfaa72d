/** Figures as short as people write them. */

/** Whole numbers as they are, others to four digits at most. */
export const shortNumber = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** ns as ms, as a person reads it; Infinity: none. */
export const msText = (ns: number): string => (ns === Infinity ? "none" : shortNumber(ns / 1e6));

/** Infinity, which JSON lacks, is null. */
export const msOrNull = (ns: number): number | null => (Number.isFinite(ns) ? ns / 1e6 : null);
