/** How often frames come, as files say it: `fps`, or `periodMs`, which is exact. */
import type { Rate } from "../core/scenario.ts";
import type { Report } from "../input/report.ts";

/** Fields that say how often; the schema has checked each of them. */
interface RateFields {
  readonly fps?: number | undefined;
  readonly periodMs?: number | undefined;
}

/** Undefined if the fields name no rate. */
export function rateIn({ fps, periodMs }: RateFields): Rate | undefined {
  if (periodMs !== undefined) return exactly(periodNsFromMs(periodMs));
  return fps === undefined ? undefined : { fps };
}

const exactly = (periodNs: number): Rate => ({ fps: 1e9 / periodNs, periodNs });

/** Not rounded to whole ns. 15 digits are what a decimal keeps in a float64: 1.1 ms is 1 100 000 ns, not …0.0000000002. */
export const periodNsFromMs = (periodMs: number): number => Number((periodMs * 1e6).toPrecision(15));

/** The key that names the rate. */
export const rateKey = ({ periodMs }: RateFields): "fps" | "periodMs" => (periodMs === undefined ? "fps" : "periodMs");

/** As a person says it. */
export const rateText = ({ fps, periodNs }: Rate): string =>
  periodNs === undefined ? `${fps} fps` : `every ${periodNs / 1e6} ms`;

/** Reports fields that say it twice, even if they agree: an override would change one of them alone. */
export function checkOneRate({ fps, periodMs }: RateFields, report: Report): void {
  if (fps === undefined || periodMs === undefined) return;
  const message = "give fps or periodMs, not both (an override takes the other one away with null)";
  report.problem(["periodMs"], "KEYS_EXCLUDE", message, "key");
}
