/** Values of results as figures take them. */
import { significant } from "../../output/number-text.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import type { RunResult } from "../../records/run-result.ts";

/** A number of a task, an accelerator or a read; null: nothing to measure, or no such metric. */
export function numberOf(values: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = values[name];
  return typeof value === "number" ? value : null;
}

/** `-` for nothing. */
export const shown = (value: number | null, unit = ""): string =>
  value === null ? "-" : `${significant(value)}${unit === "" ? "" : ` ${unit}`}`;

/** `12.5 %`. */
export const shownShare = (share: number | null): string =>
  share === null ? "-" : `${Number((100 * share).toPrecision(3))} %`;

export const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Why an energy is absent, as a sentence; undefined: the costs know it. */
export function energyAbsence({ unknownEnergy = [] }: RunResult): string | undefined {
  const text = unknownEnergyText(unknownEnergy);
  return text === undefined ? undefined : `Energy is not known: ${text}.`;
}
