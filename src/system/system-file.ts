/** A system file after the schema check (schema/system.schema.json); units and defaults are in docs/formats.md. */
import type { EnergyPerAccess, OperatingPoint, PreemptionKind } from "../core/system.ts";
import type { SwitchValue } from "../input/switch-value.ts";

export type CostsName = "maestro" | "data-centric" | "systolic" | "table";

export interface SystemFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly costs?: CostsName;
  readonly table?: string;
  readonly contextSwitch?: SwitchValue;
  readonly memory?: OffChipFile;
  readonly contention?: SwitchValue;
  readonly decisionOverheadNs?: number;
  readonly powerCapMw?: number;
  readonly executionVariation?: ExecutionVariationFile;
  readonly estimateError?: number;
  readonly dataflows?: Readonly<Record<string, readonly string[]>>;
  readonly accelerators: readonly AcceleratorFile[];
}

export type ExecutionVariationFile =
  | { readonly kind: "none" }
  | { readonly kind: "uniform"; readonly plusMinus: number; readonly per?: "layer" | "job" }
  | { readonly kind: "lognormal"; readonly cv: number; readonly per?: "layer" | "job" };

export interface OffChipFile {
  readonly bandwidthGBs: number;
  readonly energyPjPerByte?: number;
}

export interface AcceleratorFile {
  readonly id: string;
  readonly title?: string;
  readonly count?: number;
  readonly clockGHz?: number;
  readonly pes?: number;
  readonly costs?: CostsName;
  readonly dataflow?: string;
  readonly nocElementsPerCycle?: number | readonly number[];
  readonly energy?: Partial<EnergyPerAccess>;
  readonly offChip?: OffChipFile;
  readonly startUp?: SwitchValue;
  readonly array?: { readonly rows: number; readonly columns: number };
  readonly accumulatorDepth?: number;
  readonly dramLatencyCycles?: number;
  readonly weightBufferBytes?: number;
  readonly globalBufferBytes?: number;
  readonly idlePowerMw?: number;
  readonly preemption?: readonly PreemptionKind[];
  readonly units?: number;
  readonly operatingPoints?: readonly OperatingPoint[];
  readonly executionVariation?: ExecutionVariationFile;
  readonly weights?: WeightsFile;
}

export interface WeightsFile {
  readonly bytes?: number;
  readonly bandwidthGBs?: number;
  readonly energyPjPerByte?: number;
  readonly overlap?: SwitchValue;
}
