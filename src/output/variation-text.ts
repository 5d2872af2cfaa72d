/** What differs from a run's files, in words and as options. */

import { printable } from "../input/printable.ts";
import type { RunResult, Variation } from "../records/run-result.ts";

type Subject = Pick<RunResult, "scenario" | "system"> & { readonly variation?: Variation | undefined };

/** `vr-gaming × 1.5 rates on hda-2-ws-os-4k with accelerators[0].pes=2048`; without a variation only the names. */
export function subjectText({ scenario, system, variation }: Subject): string {
  const { rateScale, scenario: ofScenario, system: ofSystem } = variation ?? {};
  return `${scenario}${rateChange(rateScale)}${changes(ofScenario)} on ${system}${changes(ofSystem)}`;
}

/** The same for several scenarios and systems: `7 cases × 1.5 rates`. */
export function variedText(subject: string, { rateScale, ...rest }: Variation = {}): string {
  const places = settings(rest);
  return `${subject}${rateChange(rateScale)}${places.length === 0 ? "" : printable(` with ${places.join(", ")}`)}`;
}

const rateChange = (scale: Variation["rateScale"]): string =>
  scale === undefined ? "" : ` × ${rateText(scale)} rates`;

const changes = (overrides: Variation["system"] = {}): string => {
  const texts = Object.entries(overrides).map(([place, value]) => `${place}=${valueText(value)}`);
  return texts.length === 0 ? "" : printable(` with ${texts.join(", ")}`);
};

const rateText = (scale: NonNullable<Variation["rateScale"]>): string =>
  typeof scale === "number"
    ? String(scale)
    : Object.entries(scale)
        .map(([id, factor]) => `${id}=${factor}`)
        .join(",");

/** Plain words are written as they are, everything else as JSON, which is YAML. */
const valueText = (value: unknown): string =>
  typeof value === "string" && /^(?!(true|false|null)$)[a-z][\w./-]*$/i.test(value) ? value : JSON.stringify(value);

/** For a cell of CSV: `rateScale=1.5 system.accelerators[0].pes=2048`, places as in `--set`. */
export function variationCell(variation: Variation): string {
  return settings(variation).join(" ");
}

/** As on the command line, each after a blank; empty without a variation. */
export function variationOptions(variation: Variation = {}): string {
  const { rateScale, ...rest } = variation;
  const rates = rateScale === undefined ? [] : [` --rate-scale ${rateText(rateScale)}`];
  return [...rates, ...settings(rest).map((each) => ` --set '${each.replaceAll("'", "'\\''")}'`)].join("");
}

const settings = ({ rateScale, scenario = {}, system = {} }: Variation): readonly string[] => [
  ...(rateScale === undefined ? [] : [`rateScale=${rateText(rateScale)}`]),
  ...Object.entries(scenario).map(([place, value]) => `scenario.${place}=${valueText(value)}`),
  ...Object.entries(system).map(([place, value]) => `system.${place}=${valueText(value)}`),
];
