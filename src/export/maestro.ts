/** Writes models as MAESTRO's own networks. */
import type { Model } from "../core/model.ts";
import { type Exported, Losses } from "./losses.ts";
import { type PlainConvolution, plainLayers } from "./plain-convolution.ts";

/** A network for each model. */
export function maestroText(models: readonly Model[]): Exported {
  const losses = new Losses();
  const networks = models.map((model) => network(model, losses));
  return { text: `${networks.join("\n\n")}\n`, losses: losses.list() };
}

function network(model: Model, losses: Losses): string {
  const names = new Map<string, string>();
  const layers = plainLayers(model, losses).map((layer) => {
    const name = layerName(layer.name, names, losses);
    return `  Layer ${name} {\n${linesOf(layer)
      .map((line) => `    ${line}`)
      .join("\n")}\n  }`;
  });
  return `Network ${model.name} {\n${layers.join("\n")}\n}`;
}

/** Names that MAESTRO's reader would cut or join otherwise get underscores; equal ones get numbers. */
function layerName(name: string, taken: Map<string, string>, losses: Losses): string {
  let written = isReadWhole(name) ? name : `${name.replace(/[\s,>():;{}/*#-]+/g, "_")}_`;
  for (let number = 2; taken.has(written); number += 1) written = `${written}_${number}`;
  taken.set(written, name);
  if (written !== name) losses.add("a name loses characters that MAESTRO cannot read", name);
  return written;
}

const separators = /[ \t,>():;-]+/;

/** Words that tell other readers that a file is of the XRBench artifact. */
const artifactWords = ["FPS", "Probability", "Dependency", "Accelerator"];

/** Whether the pieces of a name, joined as they were, give the name, and mean nothing else. */
function isReadWhole(name: string): boolean {
  if (/[{}]|\/\/|\/\*|(^|\s)#|[\r\n]/.test(name)) return false;
  const pieces = name.split(separators);
  const joints = [...name.matchAll(/[ \t,>():;-]+/g)].map(([joint]) => joint);
  if (pieces.some((piece) => artifactWords.includes(piece))) return false;
  return pieces.every((piece) => piece !== "") && joints.every((joint) => joint === " " || joint === "-");
}

function linesOf(layer: PlainConvolution): string[] {
  const { isDepthwise, groups, batch, K, C, R, S, rows, columns, strideRows, strideColumns } = layer;
  const type = isDepthwise ? "DSCONV" : groups > 1 ? "NGCONV" : "CONV";
  const stride = strideRows === 1 && strideColumns === 1 ? [] : [`Stride { X: ${strideColumns}, Y: ${strideRows} }`];
  const outer = [...(batch > 1 ? [`N: ${batch}`] : []), ...(groups > 1 ? [`G: ${groups}`] : [])];
  const sizes = [...outer, `K: ${K}`, `C: ${C}`, `R: ${R}`, `S: ${S}`, `Y: ${rows}`, `X: ${columns}`];
  return [`Type: ${type}`, ...stride, `Dimensions { ${sizes.join(", ")} }`];
}
