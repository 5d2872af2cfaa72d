/** Tables of tools whose columns need no mapping. */
import type { CsvRow } from "../../input/csv-row.ts";
import type { Columns } from "./csv-columns.ts";

export interface KnownTable {
  /** As reports name it. */
  readonly title: string;
  /** Columns that tell it. */
  readonly header: readonly string[];
  readonly columns: Columns;
  /** The column with the name of a layer whose own is empty. */
  readonly unnamed?: string;
  /** What it was measured or computed for, if no column says so. */
  readonly accelerator?: string;
  /** What tables below the first are. */
  readonly further: "runs" | "layers";
  /** What a row is if it is no layer, and why it does not count. */
  readonly notLayer?: (row: CsvRow) => readonly [what: string, why: string] | undefined;
  /** What `notLayer` calls the row below a table; a table without it was cut. */
  readonly end?: string;
  /** Whether rows stand by their times, not in the order of the run. */
  readonly isSorted?: (header: readonly string[]) => boolean;
}

/** The one that has the header. */
export const knownTable = (header: readonly string[]): KnownTable | undefined =>
  tables.find((table) => table.header.every((column) => header.includes(column)));

const openvino: KnownTable = {
  title: "OpenVINO benchmark_app",
  header: ["layerName", "execStatus", "realTime (ms)"],
  columns: new Map([
    ["layer", "layerName"],
    ["latencyMs", "realTime (ms)"],
  ]),
  // Each request of a detailed report has its own table.
  further: "runs",
  end: "sum of a table",
  notLayer: (row) => {
    const status = row.text("execStatus");
    if (status === undefined && row.text("layerName") === "Total") return ["sum of a table", "it is no layer"];
    return status === "EXECUTED"
      ? undefined
      : ["layer that did not run", "OpenVINO fused it into another, or skipped it"];
  },
  isSorted: (header) => header.includes("%"),
};

/** Estimates, not measurements. Of operators that it leaves to the CPU it knows no time. */
const velaLayers: KnownTable = {
  title: "Vela, by layer",
  header: ["NNG Operator", "Op Cycles", "Name"],
  columns: new Map([
    ["layer", "Name"],
    ["latencyCycles", "Op Cycles"],
  ]),
  unnamed: "NNG Operator",
  accelerator: "Ethos-U",
  further: "layers",
  notLayer: (row) =>
    row.text("Target") === "CPU" ? ["operator on the CPU", "Vela does not estimate its time"] : undefined,
};

const velaSummary: KnownTable = {
  title: "Vela summary",
  header: ["network", "accelerator_configuration", "inference_time"],
  columns: new Map([
    ["model", "network"],
    ["accelerator", "accelerator_configuration"],
    ["latencyS", "inference_time"],
  ]),
  further: "layers",
};

const scalesim: KnownTable = {
  title: "SCALE-Sim COMPUTE_REPORT",
  header: ["LayerID", "Total Cycles", "Stall Cycles"],
  columns: new Map([
    ["layer", "LayerID"],
    ["latencyCycles", "Total Cycles"],
  ]),
  accelerator: "array",
  further: "layers",
};

const scalesim1: KnownTable = {
  ...scalesim,
  title: "SCALE-Sim 1 cycles",
  header: ["Layer", "Cycles", "% Utilization"],
  columns: new Map([
    ["layer", "Layer"],
    ["latencyCycles", "Cycles"],
  ]),
};

const maestro: KnownTable = {
  title: "MAESTRO results",
  header: ["Layer Number", "NumPEs", "Runtime (Cycles)"],
  columns: new Map([
    ["model", "Neural Network Name"],
    ["layer", "Layer Number"],
    ["latencyCycles", "Runtime (Cycles)"],
    ["energyNj", "Activity count-based Energy (nJ)"],
  ]),
  accelerator: "accelerator",
  further: "layers",
};

/** Sorted by rate; the load with fewest requests at once has times that none of the others delays. */
const perfAnalyzer: KnownTable = {
  title: "Triton perf_analyzer",
  header: ["Concurrency", "Inferences/Second", "Server Compute Infer"],
  columns: new Map([["latencyUs", "Server Compute Infer"]]),
  accelerator: "server",
  further: "layers",
  notLayer: (row) =>
    row.text("Concurrency") === "1"
      ? undefined
      : [
          "load of several requests at once",
          "the server batches them or runs them together; concurrency 1 has the time of one",
        ],
};

const tables: readonly KnownTable[] = [openvino, velaLayers, velaSummary, scalesim, scalesim1, maestro, perfAnalyzer];
