/** A set of accelerators with shared memory and energy parameters. */
import type { Spread } from "./spread.ts";

/** What a scenario runs on: accelerators, and what they share. */
export interface System {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly accelerators: readonly Accelerator[];
  readonly memory: SharedMemory;
  /** Whether moving a job's live activations costs time and energy. */
  readonly contextSwitch: "on" | "off";
  /** Accelerators that run at the same time share the memory's bandwidth fairly; absent: each has its own. */
  readonly contention?: "on" | "off";
  /** How long an accelerator waits before each dispatch, whole ns; absent: 0. */
  readonly decisionOverheadNs?: number;
  /**
   * A layer starts at the fastest operating point that keeps the power of all running layers within it; absent: no cap.
   */
  readonly powerCapMw?: number;
  /** Policies see latencies that are wrong by up to this share, 0 to 1; absent: they see the nominal ones. */
  readonly estimateError?: number;
}

/** The memory that the accelerators of a system share. */
export interface SharedMemory {
  /** 1 GB/s is one byte per ns. */
  readonly bandwidthGBs: number;
  readonly energyPjPerByte: number;
}

/** One accelerator of a system, with the source of its costs. */
export interface Accelerator {
  readonly id: string;
  /** What people call it, such as a name with blanks and brackets. */
  readonly title?: string;
  readonly costs: CostSource;
  readonly clockGHz: number;
  /** Processing elements; 1 by default if a table gives the costs. */
  readonly pes: number;
  /** Number of independent parts into which it can be split (fission); 1: it cannot be split. */
  readonly units: number;
  /** How a scheduler may stop running work. `drain` is always possible. */
  readonly preemption: readonly PreemptionKind[];
  readonly idlePowerMw: number;
  /** Voltage and frequency levels, fastest first; absent: it has only the one that the costs are for. */
  readonly operatingPoints?: readonly OperatingPoint[];
  /** How the times of its layers vary from job to job, where its table does not say; absent: not at all. */
  readonly executionVariation?: Spread;
  /** Largest context that a checkpoint in the middle of a layer has to save, bytes; Infinity: not bounded. */
  readonly globalBufferBytes: number;
  /** Keeps weights between jobs; absent: loading them costs nothing beyond what the layer's costs have. */
  readonly weights?: WeightMemory;
}

/** A memory for weights, which have to be there before a layer that uses them. */
export interface WeightMemory {
  /** Absent: it holds one model at a time, of any size. */
  readonly bytes?: number;
  /** What it is filled at; 1 GB/s is one byte per ns. Infinity: tables give the times of loads. */
  readonly bandwidthGBs: number;
  readonly energyPjPerByte: number;
  /** `on`: a layer computes while its weights arrive, and takes the longer of the two times. */
  readonly overlap: "on" | "off";
}

/** Costs at an operating point: latency / speed, energy x energyFactor. */
export interface OperatingPoint {
  readonly name: string;
  /** Relative to the clock of the costs, above 0. */
  readonly speed: number;
  /** Relative to the energy of the costs, above 0. */
  readonly energyFactor: number;
}

/** `checkpoint`: progress is kept. `kill`: all progress is lost. `drain`: the running layer is finished first. */
export type PreemptionKind = "checkpoint" | "kill" | "drain";

/** Where the latency and energy of a layer on this accelerator come from. */
export type CostSource = AnalyticCosts | SystolicCosts | TableCosts;

/** Costs from an analytic model of a dataflow. */
export interface AnalyticCosts {
  readonly kind: "maestro" | "data-centric";
  readonly dataflow: Dataflow;
  /**
   * For each level of the dataflow, elements per cycle. `maestro` reads them in its reversed order (Q10 of
   * docs/references.md#maestro-quirks).
   */
  readonly nocElementsPerCycle: readonly number[];
  readonly energy: EnergyPerAccess;
  /** Off-chip transfers, for `data-centric`; absent: not modelled. */
  readonly offChip?: { readonly bandwidthGBs: number; readonly energyPjPerByte: number };
  /** Whether each layer pays its first load and last store (`data-centric`). */
  readonly startUp: "on" | "off";
}

/** A weight-stationary systolic array, or as many equal ones as the accelerator has units. */
export interface SystolicCosts {
  readonly kind: "systolic";
  /** PEs of one unit: rows take the reduction, columns the output channels. */
  readonly array: { readonly rows: number; readonly columns: number };
  /** Output positions that one tile pass works on. */
  readonly accumulatorDepth: number;
  readonly offChip: { readonly bandwidthGBs: number; readonly energyPjPerByte: number };
  /** Latency before the first data of each layer arrive. */
  readonly dramLatencyCycles: number;
  /** A separate buffer for weights, in addition to `globalBufferBytes`; absent: weights share that one. */
  readonly weightBufferBytes?: number;
  /** `l1Pj`: of an accumulator; `l2Pj`: of the activation and weight buffers. */
  readonly energy: EnergyPerAccess;
}

/** Energies of the parts of an accelerator, pJ. */
export interface EnergyPerAccess {
  readonly macPj: number;
  /** Local (per-PE or per-cluster) buffer. */
  readonly l1Pj: number;
  /** Global buffer. */
  readonly l2Pj: number;
}

/** A mapping of loops onto processing elements, in MAESTRO's directives. */
export interface Dataflow {
  readonly name: string;
  readonly directives: readonly Directive[];
}

/** Dimensions of a convolution, as MAESTRO names them. */
export type DataflowDimension = "K" | "C" | "R" | "S" | "Y" | "X" | "Y'" | "X'";

/** One of MAESTRO's directives. */
export type Directive =
  | {
      readonly kind: "temporal" | "spatial";
      readonly size: number;
      readonly step: number;
      readonly dimension: DataflowDimension;
    }
  | { readonly kind: "cluster"; readonly size: number };

/** Measured costs. */
export interface TableCosts {
  readonly kind: "table";
  readonly rows: readonly TableRow[];
}

/** One measurement, on this accelerator. */
export interface TableRow {
  /** Its position in the file, `file:line`, for messages. */
  readonly place?: string;
  readonly model: string;
  /** Absent: of every variant. */
  readonly variant?: string;
  /** Name of a layer, of any characters; absent: of the whole model. */
  readonly layer?: string;
  /** Place of a layer's row in its table: it orders the layers of a measured model. */
  readonly index?: number;
  /** Units of a fissionable accelerator; absent: all of them. */
  readonly units?: number;
  readonly latencyNs: number;
  /** Absent: not known, and neither is any sum with it. */
  readonly energyPj?: number;
  /** Tiles at whose ends the work can stop or change size, at least 1; absent: at any whole ns. */
  readonly tiles?: number;
  /** Absent: not known; the layer then takes no part in contention. */
  readonly offChipBytes?: number;
  /** How the latency varies from job to job; absent: as the accelerator says. */
  readonly spread?: Spread | "none";
  /** What it takes to load the weights; absent: as long as their bytes take. */
  readonly loadNs?: number;
  /** Absent: as much as their bytes take. */
  readonly loadPj?: number;
  /** Absent: those of the model's layers, if it has any. */
  readonly loadBytes?: number;
}
