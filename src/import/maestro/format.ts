/** Distinguishes the three text formats of MAESTRO and the artifact by their content. */
import { tokenize } from "./tokens.ts";

/** As comments of written files name the source. */
export const formatTitle = "MAESTRO/XRBench text format";

export type MaestroFormat = "workload" | "dataflows" | "hardware";

const formatOf: ReadonlyMap<string, MaestroFormat> = new Map<string, MaestroFormat>([
  ["Network", "workload"],
  ["FPS", "workload"],
  ["Layer", "workload"],
  ["Dimensions", "workload"],
  ["Dataflow", "dataflows"],
  ["TemporalMap", "dataflows"],
  ["SpatialMap", "dataflows"],
  ["Cluster", "dataflows"],
  ["Accelerator", "hardware"],
  ["num_pes", "hardware"],
  ["top_noc_bw", "hardware"],
  ...["l1_size_cstr", "l2_size_cstr", "noc_bw_cstr", "offchip_bw_cstr", "NoC_NumHops"].map(
    (key) => [key, "hardware"] as const,
  ),
]);

/** The format whose keyword comes first; undefined if there is none. The file may still have problems. */
export function detectMaestroFormat(text: string): MaestroFormat | undefined {
  for (const token of tokenize(text).tokens) {
    const format = formatOf.get(token.text);
    if (format !== undefined) return format;
  }
  return undefined;
}
