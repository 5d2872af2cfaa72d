/** Numbers of the fields that we read, as in onnx.proto. */

export const model = { irVersion: 1, producer: 2, producerVersion: 3, graph: 7, opset: 8, functions: 25 } as const;

export const opset = { domain: 1, version: 2 } as const;

export const graph = {
  node: 1,
  name: 2,
  initializer: 5,
  input: 11,
  output: 12,
  valueInfo: 13,
  sparseInitializer: 15,
} as const;

export const func = { name: 1, input: 4, output: 5, node: 7, opset: 9, domain: 10, attributeDefaults: 11 } as const;

export const node = { input: 1, output: 2, name: 3, op: 4, attribute: 5, domain: 7 } as const;

export const attribute = {
  name: 1,
  float: 2,
  int: 3,
  text: 4,
  tensor: 5,
  graph: 6,
  floats: 7,
  ints: 8,
  texts: 9,
  reference: 21,
} as const;

export const tensor = {
  dims: 1,
  type: 2,
  floats: 4,
  int32s: 5,
  texts: 6,
  int64s: 7,
  name: 8,
  raw: 9,
  doubles: 10,
  uint64s: 11,
  external: 13,
  location: 14,
} as const;

/** Value of `tensor.location`: the numbers lie in another file. */
export const EXTERNAL = 1;

export const sparse = { values: 1, dims: 3 } as const;

export const valueInfo = { name: 1, type: 2 } as const;
export const type = { tensor: 1, sequence: 4, map: 5, sparse: 8, optional: 9 } as const;
export const tensorType = { element: 1, shape: 2 } as const;
/** Of sequences and optionals. */
export const wrapped = { element: 1 } as const;
export const shape = { dim: 1 } as const;
export const dimension = { value: 1, symbol: 2 } as const;
