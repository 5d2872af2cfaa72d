/** What to write where a number is expected and YAML sees text: forms of YAML 1.1, of other languages, and quotes. */

/** ` (…)` to append to a message; empty if the text is no number in any of these forms. */
export function numberHint(text: string): string {
  const number = plainNumber(text) ?? withoutSeparators(text) ?? toBase60(text) ?? fraction(text) ?? prefixed(text);
  return number === undefined ? "" : `; write ${number}`;
}

const plainNumber = (text: string): string | undefined =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? `${text.trim()} without quotes` : undefined;

/** 1_000, as in YAML 1.1. */
const withoutSeparators = (text: string): string | undefined =>
  /^[-+]?\d+(_\d+)+(\.\d+)?$/.test(text) ? text.replaceAll("_", "") : undefined;

/** 1:30 is 90 in YAML 1.1. */
function toBase60(text: string): string | undefined {
  if (!/^\d+(:[0-5]?\d)+(\.\d*)?$/.test(text)) return undefined;
  const value = text.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  return `${value}, which is ${text} to base 60`;
}

const fraction = (text: string): string | undefined => {
  const [, above, below] = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const value = Number(above) / Number(below);
  return Number.isFinite(value) ? String(value) : undefined;
};

/** 0b101 and 0o17 in other languages. */
const prefixed = (text: string): string | undefined =>
  /^0[box][\da-f]+$/i.test(text) && Number.isFinite(Number(text)) ? String(Number(text)) : undefined;
