/** From the unit that people write to the one that runs. */

/** Whole ns. */
export const nsFromMs = (ms: number): number => Math.round(ms * 1e6);
