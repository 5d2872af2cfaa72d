/** Converts the unit of files to the unit of the simulation. */

/** Whole ns. */
export const nsFromMs = (ms: number): number => Math.round(ms * 1e6);
