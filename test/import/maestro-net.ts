/** Networks in MAESTRO's own form for tests, and what an import makes of them. */
import { formatDirective } from "../../src/core/directive.ts";
import type { AnalyticCosts, System } from "../../src/core/system.ts";
import { importMaestro, type MaestroOptions } from "../../src/import/index.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { filesOf } from "./imported-files.ts";

export const imported = (text: string, options: MaestroOptions = {}) =>
  importMaestro([{ text, file: "net.m" }], options);
export const network = (...layers: string[]): string => `Network n {\n${layers.join("\n")}\n}\n`;
export const conv = (name: string, dimensions: string, rest = "", type = "CONV"): string =>
  `Layer ${name} { Type: ${type} ${rest} Dimensions { ${dimensions} } }`;
export const plain = "K: 8, C: 4, R: 3, S: 3, Y: 10, X: 10";

export const hardware = "num_pes: 256\nl1_size_cstr: 100\nl2_size_cstr: 3000\nnoc_bw_cstr: 1000\noffchip_bw_cstr: 50\n";
export const withHardware = (text: string, hardwareText = hardware) =>
  importMaestro([
    { text, file: "map.m" },
    { text: hardwareText, file: "hw.m" },
  ]);
export function systemIn(result: ReturnType<typeof importMaestro>): System {
  const file = result.files.find(({ kind }) => kind === "system")!;
  return loadSystem(file.fileName, filesOf(result));
}
export const directivesIn = (system: System): string[] =>
  (system.accelerators[0]!.costs as AnalyticCosts).dataflow.directives.map(formatDirective);
