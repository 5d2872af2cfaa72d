/** Writes MAESTRO's hardware and the mappings that run on it as a system. */
import { formatDirective } from "../../../core/directive.ts";
import type { Directive } from "../../../core/system.ts";
import { baseName, fileName } from "../../ids.ts";
import type { ImportedFile, ImportOptions } from "../../imported.ts";
import { onOneLine, yamlFile } from "../../yaml-file.ts";
import type { UpstreamHardware } from "./hardware.ts";
import { formatTitle } from "./model-yaml.ts";

/** rtmm's largest number where MAESTRO states no limit. */
const unlimited = 1_000_000_000;

/** A mapping of the system, with what to say of it. */
export interface NamedMapping {
  readonly name: string;
  readonly directives: readonly Directive[];
  readonly remark?: string;
}

/** `dataflow`: the name of one of `mappings`, or of a dataflow that rtmm has. The accelerator has MAESTRO's 1 GHz and one byte an element. */
export function upstreamSystem(
  name: string,
  hardware: UpstreamHardware,
  dataflow: string,
  mappings: readonly NamedMapping[],
  sources: readonly string[],
  options: ImportOptions,
): ImportedFile {
  const { pes, nocElementsPerCycle = unlimited, globalBufferElements, offChipElementsPerCycle } = hardware;
  // A node for each use: one object in two places would be written as an alias.
  const off = () => onOneLine({ bandwidthGBs: offChipElementsPerCycle });
  const hasOffChip = offChipElementsPerCycle !== undefined;
  const system = {
    name,
    title: sources.map(baseName).join(", "),
    source: sources.map(fileName).join(" and "),
    costs: "data-centric",
    contextSwitch: "off",
    ...(hasOffChip && { memory: off() }),
    ...(mappings.length > 0 && { dataflows: dataflowsOf(mappings) }),
    accelerators: [
      {
        id: "accelerator",
        dataflow,
        clockGHz: 1,
        pes,
        nocElementsPerCycle,
        ...(globalBufferElements !== undefined && { globalBufferBytes: globalBufferElements }),
        ...(hasOffChip && { offChip: off() }),
      },
    ],
  };
  const remarks = [
    "One cycle is 1 ns, one element a byte. rtmm's data-centric costs honour strides, batch and groups.",
  ];
  return yamlFile(system, { schema: "system", sources, format: formatTitle, remarks }, options);
}

const dataflowsOf = (mappings: readonly NamedMapping[]): object =>
  Object.fromEntries(
    mappings.map(({ name, directives, remark }) => [name, onOneLine(directives.map(formatDirective), remark)]),
  );
