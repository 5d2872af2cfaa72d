/** Writes the layers of a network as a model. */
import type { ImportedFile, ImportOptions } from "../imported.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { linkLayers } from "./layers/link-layers.ts";
import type { Mapping } from "./layers/map-steps.ts";

export interface NetworkText {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly file: string;
  readonly remarks: readonly string[];
}

export function modelYaml(mapping: Mapping, text: NetworkText, options: ImportOptions): ImportedFile {
  const { name, title, about, file, remarks } = text;
  const linked = linkLayers(mapping);
  const bytes = bytesPerElement(mapping);
  const model = {
    name,
    title,
    source: `ONNX, ${about}`,
    ...(bytes !== undefined && { bytesPerElement: bytes }),
    ...(linked.input !== undefined && { input: onOneLine(linked.input) }),
    layers: linked.layers.map(({ fields, remark }) => onOneLine(fields, remark)),
  };
  return yamlFile(model, { schema: "model", sources: [file], format: about, remarks }, options);
}

/** Of most weights. */
function bytesPerElement({ layers }: Mapping): number | undefined {
  const elements = new Map<number, number>();
  for (const { draft, weightBits } of layers) {
    if (weightBits !== undefined) elements.set(weightBits, (elements.get(weightBits) ?? 0) + draft.weights);
  }
  const [most] = [...elements].sort(([, a], [, b]) => b - a);
  return most && most[0] / 8;
}
