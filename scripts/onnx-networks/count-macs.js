// Multiply-accumulates by the textbook, over given shapes.

const product = (dims) => dims.reduce((all, size) => all * size, 1);

/** `shapes`: of values by name. Throws where one is missing. */
export function countMacs({ nodes, tensors }, shapes) {
  const constants = new Map();
  for (const { op, outputs, attributes } of nodes) {
    if (op === "Constant" && attributes.value?.tensor) constants.set(outputs[0], attributes.value.tensor.dims);
  }
  const dimsOf = (name) => {
    const dims = tensors.get(name)?.dims ?? constants.get(name) ?? shapes.get(name);
    if (dims === undefined) throw new Error(`no shape of ${name}`);
    return dims;
  };
  return nodes.reduce((sum, node) => sum + (counters[node.op]?.(node, dimsOf) ?? 0), 0);
}

/** Each output element is a sum over one filter. */
const convolution =
  (weights) =>
  ({ inputs, outputs }, dimsOf) =>
    product(dimsOf(outputs[0])) * product(dimsOf(inputs[weights]).slice(1));

/** Each input element meets the weights of its channel. */
const transposed = ({ inputs }, dimsOf) => product(dimsOf(inputs[0])) * product(dimsOf(inputs[1]).slice(1));

const matMul = ({ inputs, outputs }, dimsOf) => product(dimsOf(outputs[0])) * dimsOf(inputs[0]).at(-1);

const gemm = ({ inputs, outputs, attributes }, dimsOf) => {
  const dims = dimsOf(inputs[0]);
  return product(dimsOf(outputs[0])) * dims[attributes.transA?.int === 1 ? 0 : 1];
};

/** Each step multiplies all weights of inputs and hidden state, for each sequence. */
const recurrent = ({ inputs }, dimsOf) => {
  const [steps, batch] = dimsOf(inputs[0]);
  return steps * batch * (product(dimsOf(inputs[1])) + product(dimsOf(inputs[2])));
};

/** ONNX's own: each query meets each key, past ones included, in each head; then as many values. */
const attention = ({ inputs, outputs, attributes }, dimsOf) => {
  const [queries, keys, values] = [dimsOf(inputs[0]), dimsOf(outputs[1]), dimsOf(outputs[2])];
  const [heads, tokens] = queries.length === 4 ? queries.slice(1) : [attributes.q_num_heads.int, queries[1]];
  return queries[0] * heads * tokens * keys[2] * (keys[3] + values[3]);
};

const counters = {
  Attention: attention,
  Conv: convolution(1),
  ConvInteger: convolution(1),
  QLinearConv: convolution(3),
  ConvTranspose: transposed,
  MatMul: matMul,
  MatMulInteger: matMul,
  QLinearMatMul: matMul,
  Gemm: gemm,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
};
