/** A system file after the schema check (schema/system.schema.json); units and defaults are in docs/formats.md. */
import type { EnergyPerAccess, PreemptionKind } from "../core/system.ts";

export type CostsName = "maestro" | "data-centric" | "table";

export interface SystemFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly costs?: CostsName;
  readonly table?: string;
  readonly contextSwitch?: "on" | "off";
  readonly memory?: OffChipFile;
  readonly dataflows?: Readonly<Record<string, readonly string[]>>;
  readonly accelerators: readonly AcceleratorFile[];
}

export interface OffChipFile {
  readonly bandwidthGBs: number;
  readonly energyPjPerByte?: number;
}

export interface AcceleratorFile {
  readonly id: string;
  readonly count?: number;
  readonly clockGHz?: number;
  readonly pes?: number;
  readonly costs?: CostsName;
  readonly dataflow?: string;
  readonly nocElementsPerCycle?: number | readonly number[];
  readonly energy?: Partial<EnergyPerAccess>;
  readonly offChip?: OffChipFile;
  readonly startUp?: "on" | "off";
  readonly globalBufferBytes?: number;
  readonly idlePowerMw?: number;
  readonly preemption?: readonly PreemptionKind[];
  readonly units?: number;
}
