/** Whose costs have no energy, in words that messages of absent metrics share. */
import type { UnknownEnergy } from "../records/run-result.ts";
import { counted, firstOf } from "./words.ts";

const MOST_SHOWN = 3;

/** Such as `the costs of accelerator cpu have no energy for EyeGaze`; undefined if they have them all. */
export function unknownEnergyText(gaps: readonly UnknownEnergy[]): string | undefined {
  if (gaps.length === 0) return undefined;
  const texts = gaps.map(
    ({ accelerator, models }) => `${accelerator} have no energy for ${firstOf(models, MOST_SHOWN)}`,
  );
  const others = texts.length - MOST_SHOWN;
  const more = others > 0 ? `, nor have those of ${counted(others, "more accelerator")}` : "";
  return `the costs of accelerator ${texts.slice(0, MOST_SHOWN).join(", and those of accelerator ")}${more}`;
}
