/** Decimal numbers in text. */

const pattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Decimal digits with an optional exponent; NaN for anything else, including hexadecimal numbers and blanks. */
export const decimal = (text: string): number => (pattern.test(text) ? Number(text) : Number.NaN);
