/** What to write where a number is expected and YAML sees text: forms of YAML 1.1, of other languages, and quotes. */

/** `; …` to append to a message; empty if the text is no number in any of these forms. */
export function numberHint(text: string): string {
  const number = forms.map((read) => read(text)).find((found) => found !== undefined);
  return number === undefined ? advice(text) : `; write ${number}`;
}

/** What to do about numbers that could mean several things. */
function advice(text: string): string {
  const bytes = bytesOf(text);
  if (bytes !== undefined) return `; ${text} are ${bytes} bytes`;
  if (/^[-+]?\d+(,\d+)+(\.\d+)?$/.test(text)) return "; write a point for decimals, and nothing between thousands";
  if (/^[-+]?(\d+\.?\d*|\.\d+)\s*[a-z\u00b5%]+(\/s)?$/i.test(text))
    return "; write the number alone: the name of the field says its unit";
  return "";
}

/** Of a size of memory, as tools print it. */
function bytesOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([KMG])iB$/i.exec(text) ?? [];
  if (unit === undefined) return undefined;
  return Math.round(Number(number) * 1024 ** ("KMG".indexOf(unit.toUpperCase()) + 1));
}

/** Quotes of YAML, or those that a word processor makes of them. */
function plainNumber(text: string): string | undefined {
  const bare = text.replace(/[\u201c\u201d\u201e\u2018\u2019]/g, "").trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(bare) ? `${bare} without quotes` : undefined;
}

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

const forms = [plainNumber, withoutSeparators, toBase60, fraction, prefixed];
