/** Default energies per access. */
import type { EnergyPerAccess } from "../core/system.ts";

/** MAESTRO's 1 : 0.55 : 6 at 2.88 pJ a MAC: docs/references.md#maestro-energy. */
export const maestroEnergy: EnergyPerAccess = { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 };
