/** Energy per access where a system says none. */
import type { EnergyPerAccess } from "../core/system.ts";

/** Of MAESTRO: 1 : 0.55 : 6 at 2.88 pJ a MAC (MAESTRO notes, section 6). */
export const maestroEnergy: EnergyPerAccess = { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 };
