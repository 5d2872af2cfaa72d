/** Shapes of attention as one operator: ONNX's own, and ONNX Runtime's. */
import type { NodeView } from "../node-view.ts";
import { activation, type Dim, type Dims, type Value } from "../value.ts";
import type { ShapeRule, ShapeRules } from "./shape-rule.ts";

export interface AttentionSizes {
  readonly batch: Dim;
  readonly heads: Dim;
  /** Heads of keys and values: fewer where several query heads share them. */
  readonly keyHeads: Dim;
  readonly queries: Dim;
  /** Past keys among them. */
  readonly keys: Dim;
  readonly headSize: Dim;
  readonly valueSize: Dim;
  /** Features that the operator itself projects to queries, keys and values, with its own weights. */
  readonly projected?: { readonly from: Dim; readonly to: Dim };
}

export function attentionSizes(node: NodeView): AttentionSizes {
  if (node.domain === "") return ownAttention(node);
  if (node.op === "Attention") return packedAttention(node);
  return node.op === "GroupQueryAttention" ? groupQueryAttention(node) : multiHeadAttention(node);
}

const over = (size: Dim, divisor: Dim): Dim =>
  size === undefined || divisor === undefined || divisor === 0 ? undefined : size / divisor;
const plus = (a: Dim, b: Dim): Dim => (a === undefined || b === undefined ? undefined : a + b);

/** Since operator set 23: [batch, heads, tokens, size], or [batch, tokens, features]. */
function ownAttention(node: NodeView): AttentionSizes {
  const [q = [], k = [], v = []] = [0, 1, 2].map((i) => node.dims(i));
  const past = node.inputs[4] === undefined ? 0 : node.dims(4)?.[2];
  if (q.length === 4)
    return {
      ...{ batch: q[0], heads: q[1], keyHeads: k[1], queries: q[2], keys: plus(past, k[2]) },
      ...{ headSize: q[3], valueSize: v[3] },
    };
  const heads = node.int("q_num_heads", 1);
  const keyHeads = node.int("kv_num_heads", heads);
  return {
    ...{ batch: q[0], heads, keyHeads, queries: q[1], keys: plus(past, k[1]) },
    ...{ headSize: over(q[2], heads), valueSize: over(v[2], keyHeads) },
  };
}

/** com.microsoft.Attention: projects its input to queries, keys and values itself. */
function packedAttention(node: NodeView): AttentionSizes {
  const [input = [], weights = []] = [node.dims(0), node.dims(1)];
  const heads = node.int("num_heads", 1);
  const sizes = node.ints("qkv_hidden_sizes");
  const third = over(weights[1], 3);
  const past = node.inputs[4] === undefined ? 0 : node.dims(4)?.[3];
  return {
    ...{ batch: input[0], heads, keyHeads: heads, queries: input[1], keys: plus(past, input[1]) },
    ...{ headSize: over(sizes?.[0] ?? third, heads), valueSize: over(sizes?.[2] ?? third, heads) },
    projected: { from: input[2], to: weights[1] },
  };
}

/** com.microsoft.MultiHeadAttention: keys may come as [batch, heads, tokens, size], or packed with the queries. */
function multiHeadAttention(node: NodeView): AttentionSizes {
  const [q = [], k = q, v = k] = [0, 1, 2].map((i) => node.dims(i));
  const heads = node.int("num_heads", 1);
  const past = node.inputs[6] === undefined ? 0 : node.dims(6)?.[2];
  if (q.length === 5)
    return {
      ...{
        batch: q[0],
        heads,
        keyHeads: heads,
        queries: q[1],
        keys: plus(past, q[1]),
        headSize: q[4],
        valueSize: q[4],
      },
    };
  const headSize = over(q[2], heads);
  const isSplit = k.length === 4;
  return {
    ...{ batch: q[0], heads, keyHeads: heads, queries: q[1], keys: plus(past, isSplit ? k[2] : k[1]), headSize },
    valueSize: isSplit ? v[3] : k.length === 5 ? headSize : over(v[2], heads),
  };
}

/** com.microsoft.GroupQueryAttention: keys and values may be packed behind the queries. */
function groupQueryAttention(node: NodeView): AttentionSizes {
  const [q = [], k] = [node.dims(0), node.dims(1)];
  const heads = node.int("num_heads", 1);
  const keyHeads = node.int("kv_num_heads", heads);
  const headSize = k === undefined ? over(q[2], heads + 2 * keyHeads) : over(q[2], heads);
  const past = node.inputs[3] === undefined ? 0 : node.dims(3)?.[2];
  return { batch: q[0], heads, keyHeads, queries: q[1], keys: plus(past, q[1]), headSize, valueSize: headSize };
}

const attention: ShapeRule = (node): readonly Value[] => {
  const sizes = attentionSizes(node);
  const { batch, heads, keyHeads, queries, keys, headSize, valueSize } = sizes;
  const features = heads === undefined || valueSize === undefined ? undefined : heads * valueSize;
  const result: Dims =
    node.domain === "" && node.dims(0)?.length === 4 ? [batch, heads, queries, valueSize] : [batch, queries, features];
  const type = node.type();
  const [key, value] = [headSize, valueSize].map((size) => activation([batch, keyHeads, keys, size], type));
  if (node.domain !== "" && node.op === "Attention")
    return [activation(result, type), activation([2, batch, heads, keys, headSize], type)];
  return [activation(result, type), key!, value!, activation([batch, heads, queries, keys], type)];
};

export const attentionRules: ShapeRules = {
  Attention: attention,
  MultiHeadAttention: attention,
  GroupQueryAttention: attention,
};
