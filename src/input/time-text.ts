/** Times written as text, read to the nanosecond: no digit passes through a float. */
import { decimalParts } from "./decimal.ts";

/** How a column writes its times: ISO 8601, or a decimal number of a unit. */
export type TimeFormat = "iso" | "s" | "ms" | "us" | "ns";

/** Whole ns since the zero of the format (1970 for ISO), rounded once, halves up; undefined if the text is no such time. */
export const timeNsOf = (text: string, format: TimeFormat): bigint | undefined =>
  format === "iso" ? isoNs(text) : decimalNs(text, nsDigits[format]);

/** Powers of ten from each unit to ns. */
const nsDigits = { s: 9, ms: 6, us: 3, ns: 0 } as const;

/** No time has so many digits in front of the point: whatever is larger is out of any range. */
const MOST_DIGITS = 60;

/** text x 10^digits as a whole number. */
function decimalNs(text: string, digits: number): bigint | undefined {
  const parts = decimalParts(text);
  if (parts === undefined) return undefined;
  const mantissa = BigInt(parts.digits);
  const shift = parts.exponent + digits;
  if (shift >= 0) return mantissa === 0n ? 0n : mantissa * 10n ** BigInt(Math.min(shift, MOST_DIGITS));
  // Smaller than half a nanosecond, however many digits there are.
  if (-shift > parts.digits.length + 1) return 0n;
  return dividedHalfUp(mantissa, 10n ** BigInt(-shift));
}

function dividedHalfUp(value: bigint, divisor: bigint): bigint {
  const doubled = 2n * value + divisor;
  const quotient = doubled / (2n * divisor);
  return doubled < 0n && doubled % (2n * divisor) !== 0n ? quotient - 1n : quotient;
}

const date = /^(\d{4})-(\d\d)-(\d\d)/.source;
const clock = /(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?/.source;
const zone = / ?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?$/.source;
const isoPattern = new RegExp(`${date}${clock}${zone}`, "i");

/** `2023-11-16 18:17:03.9799600`, with `T` or a blank, to the minute or finer. Without a zone it is UTC. */
function isoNs(text: string): bigint | undefined {
  const found = isoPattern.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((each = "0") => Number(each));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const [fraction = "", , sign, zoneHours = "0", zoneMinutes = "0"] = found.slice(7);
  const isReal = new Date(ms).toISOString().startsWith(text.slice(0, 10)) && hour! < 24 && minute! < 60 && second! < 60;
  if (!isReal || Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const aheadMinutes = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === "-" ? -1 : 1);
  return BigInt(ms) * 1_000_000n + decimalNs(`0.${fraction}`, nsDigits.s)! - BigInt(aheadMinutes) * 60_000_000_000n;
}
