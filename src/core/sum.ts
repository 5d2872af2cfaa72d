/** A sum from the first to the last: the order decides the last digits. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
