/** Writes a configuration of SCALE-Sim as a system with one systolic array. */
import { baseName, fileName, kebabCase } from "../ids.ts";
import type { ImportedFile, ImportOptions } from "../imported.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import type { ArrayConfig } from "./config.ts";

const bytesPerKB = 1024;

/** SCALE-Sim counts cycles and words; at 1 GHz and a byte a word, words a cycle are GB/s. */
export function systemYaml(config: ArrayConfig, name: string, file: string, options: ImportOptions): ImportedFile {
  const { rows, columns, runName, inputKB, filterKB, outputKB } = config;
  const bandwidthGBs = interfacesGBs(config);
  const bytes = (kB: number): number => kB * bytesPerKB;
  const system = {
    name,
    title: runName ?? baseName(file),
    source: fileName(file),
    costs: "systolic",
    contextSwitch: "off",
    memory: onOneLine({ bandwidthGBs }),
    accelerators: [
      {
        id: "array",
        array: onOneLine({ rows, columns }),
        clockGHz: 1,
        ...(outputKB !== undefined && { accumulatorDepth: Math.max(1, Math.floor(bytes(outputKB) / columns)) }),
        ...(inputKB !== undefined && { globalBufferBytes: bytes(inputKB) }),
        ...(filterKB !== undefined && { weightBufferBytes: bytes(filterKB) }),
        offChip: onOneLine({ bandwidthGBs }),
      },
    ],
  };
  const heading = { schema: "system", sources: [file], format: "SCALE-Sim configuration", remarks: remarksOn(config) };
  return yamlFile(system, { ...heading, schema: "system" }, options);
}

export const systemId = (file: string): string => kebabCase(baseName(file), "system");

/** Of inputs, weights and outputs together. An array of n rows never waits for n words a cycle. */
const interfacesGBs = ({ wordsPerCycle, rows }: ArrayConfig): number => 3 * (wordsPerCycle ?? rows);

function remarksOn({ wordsPerCycle, outputKB, dataflow, rows }: ArrayConfig): string[] {
  const bandwidth =
    wordsPerCycle === undefined
      ? `InterfaceBandwidth CALC: nothing stalls; ${rows} words a cycle each for inputs, weights and outputs are enough`
      : `${wordsPerCycle} words a cycle each for inputs, weights and outputs`;
  return [
    "One cycle is 1 ns, one word a byte. Energies are rtmm's defaults, since SCALE-Sim has none.",
    `${bandwidth}.`,
    ...(outputKB === undefined ? [] : ["accumulatorDepth: what the SRAM for outputs holds of each column."]),
    ...(dataflow === "ws" ? [] : [`Dataflow ${dataflow} in the file; rtmm's systolic costs are weight-stationary.`]),
  ];
}
