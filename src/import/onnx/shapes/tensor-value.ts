/** A tensor of the file as a value: its numbers are read when a shape depends on them. */
import type { OnnxTensor } from "../onnx-model.ts";
import { elementsIn, MOST_FOLDED, type Numbers, type Value } from "../value.ts";

export function valueOfTensor(tensor: OnnxTensor): Value {
  const isSmall = (elementsIn(tensor.dims) ?? Number.POSITIVE_INFINITY) <= MOST_FOLDED;
  let read: { readonly numbers: Numbers | undefined } | undefined;
  const numbers = () => {
    read ??= { numbers: isSmall ? tensor.numbers() : undefined };
    return read.numbers;
  };
  return { dims: tensor.dims, type: tensor.type, isFixed: true, numbers };
}
