/** Decimal numbers in text. */

const pattern = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;

/** Decimal digits with an optional exponent; NaN for anything else, including hexadecimal numbers and blanks. */
export const decimal = (text: string): number => (pattern.test(text) ? Number(text) : Number.NaN);

/** The same number as a whole number (with its sign) x 10^exponent, every digit kept; undefined where it has no value. */
export function decimalParts(text: string): { readonly digits: string; readonly exponent: number } | undefined {
  const found = pattern.exec(text);
  if (found === null || !Number.isFinite(Number(text))) return undefined;
  const [sign, whole = "", decimals = "", onlyDecimals = "", exponent = "0"] = found.slice(1);
  const fraction = `${decimals}${onlyDecimals}`;
  return { digits: `${sign === "-" ? "-" : ""}${whole}${fraction}`, exponent: Number(exponent) - fraction.length };
}
