/** In words: whose costs have no energy, and which metrics that leaves out of reach. */
import type { KnownEnergy } from "../cost/index.ts";
import type { UnknownEnergy } from "../records/run-result.ts";

/** Accelerators with the models whose energy their costs do not know, or not of all layers; by accelerator. */
export function unknownEnergies(energies: readonly KnownEnergy[]): readonly UnknownEnergy[] {
  const gaps = new Map<string, string[]>();
  for (const { acceleratorId, modelName, known } of energies) {
    if (known === "all") continue;
    gaps.set(acceleratorId, [...(gaps.get(acceleratorId) ?? []), modelName]);
  }
  return [...gaps].map(([accelerator, models]) => ({ accelerator, models }));
}

/** Such as `the costs of accelerator cpu have no energy for EyeGaze`; undefined without gaps. */
export const gapsText = (energies: readonly KnownEnergy[]): string | undefined =>
  unknownEnergyText(unknownEnergies(energies));

export function unknownEnergyText(gaps: readonly UnknownEnergy[]): string | undefined {
  if (gaps.length === 0) return undefined;
  const texts = gaps.map(({ accelerator, models }) => `${accelerator} have no energy for ${listed(models)}`);
  const others = texts.length > MOST_SHOWN ? `, nor have those of ${texts.length - MOST_SHOWN} more accelerators` : "";
  return `the costs of accelerator ${texts.slice(0, MOST_SHOWN).join(", and those of accelerator ")}${others}`;
}

const MOST_SHOWN = 3;

function listed(names: readonly string[]): string {
  const more = names.length > MOST_SHOWN ? ` and ${names.length - MOST_SHOWN} more` : "";
  return names.slice(0, MOST_SHOWN).join(", ") + more;
}

/** Which part of a run a value is of; the whole run where neither is given. */
export interface Part {
  readonly accelerator?: string;
  readonly model?: string;
}

/** Whether no run can know an energy in this part, whatever runs where. */
export function knowsNoEnergy(energies: readonly KnownEnergy[], { accelerator, model }: Part = {}): boolean {
  const own = energies.filter(
    ({ acceleratorId, modelName }) =>
      (accelerator === undefined || acceleratorId === accelerator) && (model === undefined || modelName === model),
  );
  return own.length > 0 && own.every(({ known }) => known === "none");
}
