// A network without If: runs it to see each condition, and puts the nodes of the branch in its place.
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { all, fieldsOf, nodeOf, readNodes, textOf } from "./read-nodes.js";
import { run, withOutputs } from "./runtime-shapes.js";

const NODE = 1;
const INITIALIZER = 5;
const OUTPUT = 12;
const GRAPH = 7;

export async function flattened(bytes, given, cache) {
  let model = bytes;
  for (let round = 0; round < 50; round += 1) {
    const { nodes, inputs } = readNodes(model);
    const conditions = nodes.filter(({ op }) => op === "If").map((node) => node.inputs[0]);
    if (conditions.length === 0) return model;
    const values = await run(withOutputs(model, [...new Set(conditions)]), inputs, given, cache, [
      ...new Set(conditions),
    ]);
    model = withBranches(model, new Map([...values].map(([name, { data }]) => [name, Boolean(data[0])])));
  }
  throw new Error("conditions inside conditions have no end");
}

function withBranches(model, truth) {
  const writer = new BinaryWriter();
  for (const field of fieldsOf(model)) {
    if (field.number !== GRAPH) write(writer, field);
    else {
      writer.tag(GRAPH, WireType.LengthDelimited).fork();
      for (const each of fieldsOf(field.bytes)) writeGraphField(writer, each, truth);
      writer.join();
    }
  }
  return writer.finish();
}

function writeGraphField(writer, field, truth) {
  const node = field.number === NODE ? nodeOf(field.bytes) : undefined;
  if (node?.op !== "If") return write(writer, field);
  const branch = fieldsOf(node.attributes[truth.get(node.inputs[0]) ? "then_branch" : "else_branch"].graph);
  for (const each of branch) if (each.number === NODE || each.number === INITIALIZER) write(writer, each);
  for (const [i, output] of all(branch, OUTPUT).entries()) {
    const [inner] = all(fieldsOf(output.bytes), 1);
    writeIdentity(writer, textOf(inner.bytes), node.outputs[i]);
  }
}

function writeIdentity(writer, from, to) {
  writer.tag(NODE, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string(from);
  writer.tag(2, WireType.LengthDelimited).string(to);
  writer.tag(4, WireType.LengthDelimited).string("Identity").join();
}

function write(writer, { number, bytes, value }) {
  if (bytes !== undefined) writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  else if (value !== undefined) writer.tag(number, WireType.Varint).int64(value);
}
