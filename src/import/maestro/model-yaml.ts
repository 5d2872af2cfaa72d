/** Writes a network of a workload file as a model. */
import { Document, YAMLSeq } from "yaml";
import { ignoredSizes, type LayerSizes, type MaestroLayer } from "./layer.ts";
import { distinctNames, fileName, layerName } from "./names.ts";
import type { MaestroNetwork } from "./workload.ts";
import { type ImportOptions, onOneLine, type YamlFile, yamlFile } from "./yaml-file.ts";

/** Sizes enter the artifact's analysis unchanged, so layers are written by their sizes and at stride 1. */
export function modelYaml(network: MaestroNetwork, name: string, file: string, options: ImportOptions): YamlFile {
  const document = new Document({ name, title: network.name, source: `${fileName(file)}, network ${network.name}` });
  const layers = new YAMLSeq(document.schema);
  const names = distinctNames(network.layers.map((layer) => layerName(layer.name)));
  network.layers.forEach((layer, index) => {
    const value = { name: names[index], type: typeOf(layer), ...sizesOf(layer.sizes) };
    layers.add(onOneLine(document, value, remark(layer)));
  });
  document.set("layers", layers);
  return yamlFile(document, name, { schema: "model", sources: [file] }, options);
}

const typeOf = ({ type }: MaestroLayer): string => (type === "DSCONV" ? "depthwise-conv" : "conv");

const order = ["K", "C", "Y", "Y'", "X", "X'", "R", "S"] as const;

/** Without N, which the artifact ignores. */
function sizesOf(sizes: LayerSizes): Record<string, number> {
  return Object.fromEntries(order.flatMap((name) => (sizes[name] === undefined ? [] : [[name, sizes[name]]])));
}

/** What the artifact accepts and ignores, and types that cost the same as CONV. */
function remark(layer: MaestroLayer): string | undefined {
  const remarks = ignoredSizes(layer).map((ignored) => `${ignored} (ignored, as by the artifact)`);
  if (layer.type === "TRCONV" || layer.type === "NGCONV") remarks.unshift(`${layer.type} (costs the same as CONV)`);
  return remarks.length === 0 ? undefined : remarks.join("; ");
}
