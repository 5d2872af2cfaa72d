/** The number of elements of a shape: 1 of a scalar. */
export const product = (dims: readonly number[]): number => dims.reduce((all, size) => all * size, 1);
