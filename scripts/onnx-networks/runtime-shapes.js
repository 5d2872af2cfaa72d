// The shapes of all values in a run of ONNX Runtime (onnxruntime-web, in WebAssembly).
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** By element type: what a tensor of zeros is made of. */
const arrays = { 1: ["float32", Float32Array], 6: ["int32", Int32Array], 7: ["int64", BigInt64Array] };

export async function runtimeShapes(bytes, { nodes, inputs }, given, cache) {
  const names = [...new Set(nodes.flatMap(({ outputs }) => outputs))].filter((name) => name !== "");
  const results = await run(withOutputs(bytes, names), inputs, given, cache, names);
  const shapes = new Map([...results].map(([name, { dims }]) => [name, dims]));
  for (const { name, dims } of inputs) shapes.set(name, given.inputs[name] ?? dims);
  return shapes;
}

/** Values by name after one run with zeros. */
export async function run(bytes, inputs, { inputs: sizes, scalars = {} }, cache, names) {
  const url = pathToFileURL(join(cache, "node_modules/onnxruntime-web/dist/ort.node.min.mjs"));
  const ort = await import(url.href);
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: "disabled", logSeverityLevel: 3 });
  const feeds = {};
  for (const { name, type, dims } of inputs)
    feeds[name] = tensorOf(ort, type, sizes[name] ?? dims ?? [], scalars[name]);
  const results = await session.run(feeds, names);
  await session.release();
  return new Map(Object.entries(results));
}

function tensorOf(ort, type, dims, scalar) {
  const [name, ArrayType] = arrays[type];
  const data = new ArrayType(dims.reduce((all, size) => all * size, 1));
  if (scalar !== undefined) data.fill(scalar);
  return new ort.Tensor(name, data, dims);
}

/** A second graph field: protobuf merges it into the first, so its outputs are added. */
export function withOutputs(bytes, names) {
  const writer = new BinaryWriter();
  writer.raw(bytes).tag(7, WireType.LengthDelimited).fork();
  for (const name of names) {
    writer.tag(12, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name).join();
  }
  return writer.join().finish();
}
