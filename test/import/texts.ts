/** Small MAESTRO texts, and what importing a wrong one reports. */
import { importMaestroSystem, importMaestroWorkload } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";

export const sizes = "K 1, C 2, Y 3, X 4, R 1, S 1";
export const layer = `Layer conv1 { Type: CONV Dimensions { ${sizes} } }`;
export const network = (name: string, rest = ""): string => `Network ${name} { FPS: 30 ${rest} ${layer} }`;
export const ws = `Dataflow { TemporalMap(16,16) C; TemporalMap(16,16) K; TemporalMap(1,1) Y'; SpatialMap(1,1) X'; //'
  Cluster(16,P); SpatialMap(1,1) K; TemporalMap(64,64) C; TemporalMap(1,1) Y'; TemporalMap(1,1) X'; Cluster(16, P);
  SpatialMap(1,1) C; }`;
export const accelerator = (name: string): string => `Accelerator ${name} { num_pes: 512 top_noc_bw: 8 col_noc_bw: 4 }`;

export type Place = readonly [code: string, line: number | undefined, column: number | undefined];

export const places = (problems: readonly Problem[]): Place[] =>
  problems.map(({ code, line, column }) => [code, line, column]);

/** The problems of a wrong workload; none where it is accepted. */
export const workloadProblems = (text: string): readonly Problem[] =>
  problemsOf(() => importMaestroWorkload(text, "workload.m"));

export const dataflowProblems = (text: string): readonly Problem[] => {
  const hardware = { text: accelerator("a"), file: "hardware.m" };
  return problemsOf(() => importMaestroSystem(hardware, { text, file: "dataflow.m" }));
};

export const hardwareProblems = (text: string): readonly Problem[] => {
  return problemsOf(() => importMaestroSystem({ text, file: "hardware.m" }, { text: ws, file: "dataflow.m" }));
};

function problemsOf(importText: () => unknown): readonly Problem[] {
  try {
    importText();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}
