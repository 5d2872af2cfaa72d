/** The mappings of the layers of a file, as far as rtmm's systems can have them. */
import { formatDirective } from "../../../core/directive.ts";
import type { Directive } from "../../../core/system.ts";
import { baseName, distinctNames, kebabCase } from "../../ids.ts";
import type { LeftOuts } from "../../left-out.ts";
import type { UpstreamLayer } from "./layer.ts";
import type { WrittenDirective } from "./mapping.ts";
import { extentOf, rtmmDataflow, sizesOfLayer } from "./rtmm-dataflow.ts";
import type { NamedMapping } from "./system-yaml.ts";
import type { UpstreamNetwork } from "./workload.ts";

const presetNames = ["ws", "os", "rs"];

export const hasMappings = (networks: readonly UpstreamNetwork[]): boolean =>
  networks.some(({ layers }) => layers.some(({ mapping }) => mapping !== undefined));

/**
 * Distinct dataflows, first the one that does what most layers want: the system runs it. Those of the layers that want
 * something else stand beside it.
 */
export function layerMappings(networks: readonly UpstreamNetwork[], file: string, left: LeftOuts): NamedMapping[] {
  const mapped = mappedLayers(networks).flatMap(({ layer, mapping }): MappedLayer[] => {
    const converted = rtmmDataflow(mapping, sizesOfLayer(layer));
    if ("directives" in converted) return [{ layer, directives: converted.directives }];
    left.add("mapping of a layer", `${layer.name}: its mapping ${converted.problem}`, file, layer.at);
    return [];
  });
  const distinct = [...new Map(mapped.map(({ directives }) => [linesOf(directives), directives])).values()];
  const served = distinct.map((directives) => mapped.filter((each) => serves(directives, each)));
  const order = distinct.map((_, i) => i).sort((a, b) => served[b]!.length - served[a]!.length);
  const [first] = order;
  const isServed = new Set(first === undefined ? [] : served[first]!);
  for (const each of mapped) if (!isServed.has(each)) leaveOut(each.layer, file, left);
  const wanted = new Set(mapped.filter((each) => !isServed.has(each)).map(({ directives }) => linesOf(directives)));
  const kept = order.filter((index) => index === first || wanted.has(linesOf(distinct[index]!)));
  const names = distinctNames(
    kept.map(() => kebabCase(baseName(file), "dataflow")),
    presetNames,
  );
  return kept.map((index, rank) => ({
    name: names[rank]!,
    directives: distinct[index]!,
    remark: `${served[index]!.length} of ${mapped.length} layers, such as ${served[index]![0]!.layer.name}`,
  }));
}

export interface MappedLayer {
  readonly layer: UpstreamLayer;
  readonly directives: readonly Directive[];
}

const linesOf = (directives: readonly Directive[]): string => directives.map(formatDirective).join("\n");

/** Whether a dataflow does for this layer what its own does: they differ at most in tiles that cover a whole dimension. */
export function serves(directives: readonly Directive[], { layer, directives: own }: MappedLayer): boolean {
  const sizes = sizesOfLayer(layer);
  // A tile that covers its dimension and moves less far still repeats.
  const cuts = (each: Directive): boolean =>
    each.kind !== "temporal" || Math.min(each.size, each.step) < extentOf(each.dimension, sizes);
  const cutting = (all: readonly Directive[]): string => linesOf(all.filter(cuts));
  return cutting(directives) === cutting(own);
}

function leaveOut(layer: UpstreamLayer, file: string, left: LeftOuts): void {
  const why = "an accelerator has one dataflow for all layers: that of most; the others stand beside it";
  left.add("layer with another mapping", why, file, layer.at);
}

export interface WrittenLayer {
  readonly layer: UpstreamLayer;
  readonly mapping: readonly WrittenDirective[];
}

/** A layer without a Dataflow has that of the layer before. */
export function mappedLayers(networks: readonly UpstreamNetwork[]): readonly WrittenLayer[] {
  let mapping: readonly WrittenDirective[] | undefined;
  return networks
    .flatMap(({ layers }) => layers)
    .flatMap((layer) => {
      mapping = layer.mapping ?? mapping;
      return mapping === undefined ? [] : [{ layer, mapping }];
    });
}
