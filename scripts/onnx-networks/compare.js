// One network: rtmm's import beside a count over other shapes.
import { bytesInMemory, importOnnx } from "../../dist/import/index.js";
import { inputsOf } from "../../dist/import/onnx/graph/graph-inputs.js";
import { walkGraph } from "../../dist/import/onnx/graph/walk-graph.js";
import { workOf } from "../../dist/import/onnx/layers/map-steps.js";
import { decodeModel } from "../../dist/import/onnx/wire/decode-model.js";
import { countMacs } from "./count-macs.js";
import { flattened } from "./flatten.js";
import { readNodes } from "./read-nodes.js";
import { runtimeShapes } from "./runtime-shapes.js";

const NEAR = 0.01;

export async function compareNetwork(network, cache) {
  const { file, source, inputs, scalars = {}, published = "" } = network;
  const bytes = new Uint8Array(network.read());
  const given = Object.entries(inputs).map(([name, dims]) => ({ name, dims }));
  for (const [name, value] of Object.entries(scalars)) given.push({ name, dims: [Number(value)] });
  const { report } = importOnnx({ bytes: bytesInMemory(bytes), file }, { inputs: given });
  const [{ layers, macs, weights }] = report.totals;
  const { graph, shapes } = await peerShapes(bytes, network, cache);
  const counted = countMacs(graph, shapes);
  const { found, checked, wrong } = compareShapes(bytes, given, shapes);
  for (const text of wrong.slice(0, 5)) process.stderr.write(`  ${text}\n`);
  return {
    isNear: Math.abs(macs - counted) <= NEAR * counted && wrong.length === 0,
    cells: [
      file.replace(/\.onnx$/, ""),
      source,
      found,
      layers,
      millions(macs),
      millions(counted),
      millions(weights),
      `${checked - wrong.length} of ${checked}`,
      published,
    ],
  };
}

const millions = (n) => String(Number((n / 1e6).toPrecision(4)));

async function peerShapes(bytes, { peer, inputs, scalars, standsFor }, cache) {
  if (peer === "stated") {
    const graph = readNodes(bytes);
    return { graph, shapes: standsFor === undefined ? graph.stated : withNames(graph, standsFor) };
  }
  const flat = await flattened(bytes, { inputs, scalars }, cache);
  const graph = readNodes(flat);
  return { graph, shapes: await runtimeShapes(flat, graph, { inputs, scalars }, cache) };
}

function withNames({ nodes, stated }, standsFor) {
  const shapes = new Map(stated);
  for (const name of nodes.flatMap(({ outputs }) => outputs)) {
    const dims = stated.get(standsFor(name));
    if (dims !== undefined) shapes.set(name, dims);
  }
  return shapes;
}

/** Every value that both know. */
function compareShapes(bytes, given, shapes) {
  const model = decodeModel(bytesInMemory(bytes));
  const { values } = inputsOf(model.graph, given, "");
  const { steps } = walkGraph(model, values, { stated: "ignored", workOf });
  const wrong = [];
  let checked = 0;
  for (const { node, results } of steps) {
    for (const [i, name] of node.outputs.entries()) {
      const theirs = shapes.get(name);
      const ours = results[i]?.dims;
      if (theirs === undefined || ours === undefined || ours.includes(undefined)) continue;
      checked += 1;
      if (ours.join() !== theirs.join()) wrong.push(`${node.op} "${name}": [${ours}], but it is [${theirs}]`);
    }
  }
  return { found: steps.length, checked, wrong };
}
