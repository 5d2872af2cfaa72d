/** The mappings of the layers of a file, as far as rtmm's systems can have them. */
import { formatDirective } from "../../../core/directive.ts";
import type { Directive } from "../../../core/system.ts";
import { baseName, distinctNames, kebabCase } from "../../ids.ts";
import type { LeftOuts } from "../../left-out.ts";
import type { UpstreamLayer } from "./layer.ts";
import type { WrittenDirective } from "./mapping.ts";
import { rtmmDataflow, sizesOfLayer } from "./rtmm-dataflow.ts";
import type { NamedMapping } from "./system-yaml.ts";
import type { UpstreamNetwork } from "./workload.ts";

const presetNames = ["ws", "os", "rs"];

export const hasMappings = (networks: readonly UpstreamNetwork[]): boolean =>
  networks.some(({ layers }) => layers.some(({ mapping }) => mapping !== undefined));

/** Distinct dataflows, the one of most layers first; the system runs that one, and the others stand beside it. */
export function layerMappings(networks: readonly UpstreamNetwork[], file: string, left: LeftOuts): NamedMapping[] {
  const groups = new Map<string, { readonly directives: readonly Directive[]; readonly layers: UpstreamLayer[] }>();
  for (const { layer, mapping } of mappedLayers(networks)) {
    const converted = rtmmDataflow(mapping, sizesOfLayer(layer));
    if ("problem" in converted) {
      left.add("mapping of a layer", `${layer.name}: its mapping ${converted.problem}`, file, layer.at);
      continue;
    }
    const key = converted.directives.map(formatDirective).join("\n");
    const group = groups.get(key) ?? { directives: converted.directives, layers: [] };
    groups.set(key, group);
    group.layers.push(layer);
  }
  const sorted = [...groups.values()].sort((a, b) => b.layers.length - a.layers.length);
  for (const { layers } of sorted.slice(1)) for (const layer of layers) leaveOut(layer, file, left);
  const names = distinctNames(
    sorted.map(() => kebabCase(baseName(file), "dataflow")),
    presetNames,
  );
  const all = sorted.reduce((sum, { layers }) => sum + layers.length, 0);
  return sorted.map(({ directives, layers }, index) => ({
    name: names[index]!,
    directives,
    remark: `${layers.length} of ${all} layers, such as ${layers[0]!.name}`,
  }));
}

function leaveOut(layer: UpstreamLayer, file: string, left: LeftOuts): void {
  const why = "an accelerator has one dataflow for all layers: that of most; the others stand beside it";
  left.add("layer with another mapping", why, file, layer.at);
}

/** A layer without a Dataflow has that of the layer before. */
function* mappedLayers(networks: readonly UpstreamNetwork[]) {
  let mapping: readonly WrittenDirective[] | undefined;
  for (const layer of networks.flatMap(({ layers }) => layers)) {
    mapping = layer.mapping ?? mapping;
    if (mapping !== undefined) yield { layer, mapping };
  }
}
