/** Numbers as people write them. */

const pattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Decimal digits, with or without exponent; NaN for anything else, hexadecimal and blanks included. */
export const decimal = (text: string): number => (pattern.test(text) ? Number(text) : Number.NaN);
