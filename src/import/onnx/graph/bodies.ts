/** What goes into the body of a Loop or Scan and comes out of it, by one round. */
import { BOOL, INT64 } from "../element-type.ts";
import type { NodeView } from "../node-view.ts";
import { activation, type Dim, type Value } from "../value.ts";

export interface Round {
  /** Values of the body's inputs. */
  readonly inputs: readonly Value[];
  /** Undefined: the data decides. */
  readonly times: Dim;
  /** What the operator leaves, from what the body leaves. */
  results(ofBody: readonly Value[]): readonly Value[];
}

/** Carried values keep their shape where one round leaves it as it was; the others are stacked. */
export function loopRound(view: NodeView): Round {
  const carried = view.inputs.slice(2).map(changing);
  const times = view.numbers(0)?.[0];
  const result = (value: Value, i: number): Value => {
    const before = carried[i];
    if (before === undefined) return activation(value.dims && [times, ...value.dims], value.type);
    return value.dims === undefined ? value : sameWhereEqual(before, value);
  };
  return {
    inputs: [activation([], INT64), activation([], BOOL), ...carried],
    times,
    results: ([_condition, ...values]) => values.map(result),
  };
}

/** States, then slices of what is scanned. */
export function scanRound(view: NodeView): Round {
  const own = view.inputs.slice(view.version < 9 ? 1 : 0);
  const count = own.length - view.int("num_scan_inputs", 0);
  const [inputAxes, outputAxes] = [view.ints("scan_input_axes"), view.ints("scan_output_axes")];
  const states = own.slice(0, count).map(changing);
  const scanned = own.slice(count);
  const times = scanned[0]?.dims?.at(inputAxes?.[0] ?? 0);
  const result = (value: Value, i: number): Value =>
    i < states.length ? value : stacked(value, outputAxes?.[i - states.length] ?? 0, times);
  return {
    inputs: [...states, ...scanned.map((value, i) => slice(value, inputAxes?.[i] ?? 0))],
    times,
    results: (values) => values.map(result),
  };
}

/** A value that later rounds may change. */
const changing = (value: Value | undefined): Value => activation(value?.dims, value?.type ?? 0);

const sameWhereEqual = (before: Value, { dims, type }: Value): Value =>
  activation(
    before.dims?.length === dims?.length
      ? dims?.map((size, i) => (size === before.dims?.[i] ? size : undefined))
      : undefined,
    type,
  );

function slice(value: Value | undefined, axis: number): Value {
  const { dims, type = 0 } = value ?? {};
  const gone = axis < 0 ? axis + (dims?.length ?? 0) : axis;
  return activation(
    dims?.filter((_, i) => i !== gone),
    type,
  );
}

function stacked({ dims, type }: Value, axis: number, times: Dim): Value {
  if (dims === undefined) return activation(undefined, type);
  const at = axis < 0 ? axis + dims.length + 1 : axis;
  return activation([...dims.slice(0, at), times, ...dims.slice(at)], type);
}
