/** Writes a network of a workload file as a model. */
import { distinctNames, fileName } from "../ids.ts";
import type { ImportedFile, ImportOptions } from "../imported.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { formatTitle as format } from "./format.ts";
import { ignoredSizes, type LayerSizes, type MaestroLayer } from "./layer.ts";
import { layerName } from "./layer-name.ts";
import type { MaestroNetwork } from "./network.ts";

/** Sizes enter the artifact's analysis unchanged, so layers are written by their sizes, at stride 1. */
export function modelYaml(network: MaestroNetwork, name: string, file: string, options: ImportOptions): ImportedFile {
  const names = distinctNames(network.layers.map((layer) => layerName(layer.name)));
  const layers = network.layers.map((layer, index) =>
    onOneLine({ name: names[index], type: typeOf(layer), ...sizesOf(layer.sizes) }, remark(layer)),
  );
  const source = `${fileName(file)}, network ${network.name}`;
  return yamlFile({ name, title: network.name, source, layers }, { schema: "model", sources: [file], format }, options);
}

const typeOf = ({ type }: MaestroLayer): string => (type === "DSCONV" ? "depthwise-conv" : "conv");

const order = ["K", "C", "Y", "Y'", "X", "X'", "R", "S"] as const;

/** Without N, which the artifact ignores. */
function sizesOf(sizes: LayerSizes): Record<string, number> {
  return Object.fromEntries(order.flatMap((name) => (sizes[name] === undefined ? [] : [[name, sizes[name]]])));
}

/** Names the fields that the artifact ignores, and types that cost the same as CONV. */
function remark(layer: MaestroLayer): string | undefined {
  const remarks = ignoredSizes(layer).map((ignored) => `${ignored} (ignored, as by the artifact)`);
  if (layer.type === "TRCONV" || layer.type === "NGCONV") remarks.unshift(`${layer.type} (costs the same as CONV)`);
  return remarks.length === 0 ? undefined : remarks.join("; ");
}
