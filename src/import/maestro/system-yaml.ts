/** Writes accelerators and the dataflows that run on them as a system. */
import { dataflowPresets, mappingLevelsOf } from "../../core/dataflows.ts";
import { formatDirective } from "../../core/directive.ts";
import type { Dataflow } from "../../core/system.ts";
import { baseName, fileName, idsOf, kebabCase } from "../ids.ts";
import type { ImportedFile, ImportOptions } from "../imported.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import type { MaestroDataflow } from "./dataflow.ts";
import { formatTitle as format } from "./format.ts";
import type { MaestroAccelerator } from "./hardware.ts";

/** The i-th dataflow runs on the i-th accelerator; both lists have the same length. */
export function systemYaml(
  accelerators: readonly MaestroAccelerator[],
  dataflows: readonly MaestroDataflow[],
  files: readonly [hardware: string, dataflow: string],
  options: ImportOptions,
): ImportedFile {
  const name = kebabCase(files.map(baseName).join("_"), "system");
  const named = namedDataflows(dataflows);
  const ids = idsOf(
    accelerators.map(({ name }) => name),
    "accelerator",
  );
  const system = {
    name,
    title: files.map(baseName).join(", "),
    source: files.map(fileName).join(" and "),
    costs: "maestro",
    contextSwitch: "off",
    ...memoryOf(accelerators),
    ...inlineDataflows(named),
    accelerators: accelerators.map((each, i) => onOneLine(acceleratorOf(each, ids[i]!, named[i]!))),
  };
  return yamlFile(system, { schema: "system", sources: files, format }, options);
}

/** One element is one byte at 1 GHz, so elements per cycle are GB/s. The shared memory gets the largest value. */
function memoryOf(accelerators: readonly MaestroAccelerator[]): object {
  const elementsPerCycle = accelerators.flatMap(({ offChipElementsPerCycle }) => offChipElementsPerCycle ?? []);
  if (elementsPerCycle.length === 0) return {};
  return { memory: onOneLine({ bandwidthGBs: Math.max(...elementsPerCycle) }) };
}

function acceleratorOf(accelerator: MaestroAccelerator, id: string, dataflow: Dataflow): object {
  const { pes, globalBufferElements } = accelerator;
  const nocElementsPerCycle = bandwidthsOf(accelerator, mappingLevelsOf(dataflow).length);
  const buffer = globalBufferElements === undefined ? {} : { globalBufferBytes: globalBufferElements };
  return { id, dataflow: dataflow.name, clockGHz: 1, pes, nocElementsPerCycle, ...buffer };
}

/** One entry a level; a short list repeats its last (docs/references.md#maestro-levels). A number if all are equal. */
function bandwidthsOf(
  { nocElementsPerCycle: [first = 1, second = first] }: MaestroAccelerator,
  levels: number,
): number | number[] {
  return first === second ? first : [first, ...Array<number>(levels - 1).fill(second)];
}

/** One for each block: the preset with the same directives, or one with a new name that equal blocks share. */
function namedDataflows(blocks: readonly MaestroDataflow[]): readonly Dataflow[] {
  const known = new Map(dataflowPresets.map((preset) => [linesOf(preset).join("\n"), preset]));
  return blocks.map(({ directives }) => {
    const name = `dataflow-${known.size - dataflowPresets.length + 1}`;
    const key = linesOf({ directives }).join("\n");
    const dataflow = known.get(key) ?? { name, directives };
    known.set(key, dataflow);
    return dataflow;
  });
}

const linesOf = ({ directives }: Pick<Dataflow, "directives">): string[] => directives.map(formatDirective);

/** The directives of dataflows that are not presets; nothing if all are. */
function inlineDataflows(dataflows: readonly Dataflow[]): object {
  const inline = dataflows.filter((dataflow) => !dataflowPresets.includes(dataflow));
  if (inline.length === 0) return {};
  return { dataflows: Object.fromEntries(inline.map((each) => [each.name, onOneLine(linesOf(each))])) };
}
