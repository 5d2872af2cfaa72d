/** Writes accelerators and the dataflows that run on them as a system. */
import { Document, YAMLMap, YAMLSeq } from "yaml";
import { dataflowPresets } from "../../core/dataflows.ts";
import type { Dataflow, Directive } from "../../core/system.ts";
import type { MaestroDataflow } from "./dataflow.ts";
import type { MaestroAccelerator } from "./hardware.ts";
import { baseName, distinctNames, fileName, kebabCase } from "./names.ts";
import { type ImportOptions, onOneLine, type YamlFile, yamlFile } from "./yaml-file.ts";

/** The i-th dataflow runs on the i-th accelerator; there are as many of the one as of the other. */
export function systemYaml(
  accelerators: readonly MaestroAccelerator[],
  dataflows: readonly MaestroDataflow[],
  files: readonly [hardware: string, dataflow: string],
  options: ImportOptions,
): YamlFile {
  const name = kebabCase(files.map(baseName).join("_"), "system");
  const title = files.map(baseName).join(", ");
  const source = files.map(fileName).join(" and ");
  const document = new Document({ name, title, source, costs: "maestro", contextSwitch: "off" });
  const named = namedDataflows(dataflows);
  if (named.inline.size > 0) document.set("dataflows", inlineDataflows(document, named.inline));
  // One element is one byte at 1 GHz, so elements per cycle are GB/s.
  const offChip = accelerators.flatMap(({ offChipElementsPerCycle }) => offChipElementsPerCycle ?? []);
  const bandwidthGBs = offChip.length === 0 ? undefined : Math.max(...offChip);
  if (bandwidthGBs !== undefined) document.set("memory", onOneLine(document, { bandwidthGBs }));
  const ids = distinctNames(accelerators.map(({ name }, index) => kebabCase(name, `accelerator-${index + 1}`)));
  const list = new YAMLSeq(document.schema);
  accelerators.forEach((accelerator, index) => {
    list.add(onOneLine(document, acceleratorOf(accelerator, ids[index], named.names[index])));
  });
  document.set("accelerators", list);
  return yamlFile(document, name, { schema: "system", sources: files }, options);
}

function acceleratorOf(accelerator: MaestroAccelerator, id: string | undefined, dataflow: string | undefined): object {
  const { pes, nocElementsPerCycle, globalBufferElements } = accelerator;
  const buffer = globalBufferElements === undefined ? {} : { globalBufferBytes: globalBufferElements };
  return { id, dataflow, clockGHz: 1, pes, nocElementsPerCycle, ...buffer };
}

interface NamedDataflows {
  /** One a block. */
  readonly names: readonly string[];
  /** Directives of the names that are no presets. */
  readonly inline: ReadonlyMap<string, readonly string[]>;
}

/** Equal blocks share a name. */
function namedDataflows(dataflows: readonly MaestroDataflow[]): NamedDataflows {
  const nameOf = new Map(dataflowPresets.map((preset) => [linesOf(preset).join("\n"), preset.name]));
  const inline = new Map<string, readonly string[]>();
  const names = dataflows.map((dataflow) => {
    const lines = linesOf(dataflow);
    const key = lines.join("\n");
    const name = nameOf.get(key) ?? `dataflow-${inline.size + 1}`;
    if (!nameOf.has(key)) inline.set(name, lines);
    nameOf.set(key, name);
    return name;
  });
  return { names, inline };
}

const linesOf = ({ directives }: Pick<Dataflow, "directives">): string[] => directives.map(directiveText);

/** As formats.md writes it, such as `TemporalMap(16,16) C`. */
function directiveText(directive: Directive): string {
  if (directive.kind === "cluster") return `Cluster(${directive.size})`;
  const { kind, size, step, dimension } = directive;
  return `${kind === "temporal" ? "TemporalMap" : "SpatialMap"}(${size},${step}) ${dimension}`;
}

function inlineDataflows(document: Document, inline: NamedDataflows["inline"]): YAMLMap {
  const map = new YAMLMap(document.schema);
  for (const [name, directives] of inline) map.set(name, onOneLine(document, directives));
  return map;
}
