/** A valid order of the nodes of a graph: that of the file, as far as it is one. */
import type { OnnxNode } from "../onnx-model.ts";

export interface Order {
  readonly nodes: readonly OnnxNode[];
  /** Nodes that wait for each other. */
  readonly cycle: readonly OnnxNode[];
}

/** A node waits for the nodes whose outputs it reads, also inside its graphs. */
export function orderOf(nodes: readonly OnnxNode[]): Order {
  const makers = new Map(nodes.flatMap((node, i) => node.outputs.map((name): [string, number] => [name, i])));
  const readers = nodes.map((): number[] => []);
  const missing = nodes.map((node, i) => {
    const needed = new Set([...readsOf(node)].map((name) => makers.get(name)).filter((maker) => maker !== undefined));
    for (const maker of needed) readers[maker]!.push(i);
    return needed.size;
  });
  const ready = new SmallestFirst(missing.flatMap((count, i) => (count === 0 ? [i] : [])));
  const sorted: number[] = [];
  for (let next = ready.take(); next !== undefined; next = ready.take()) {
    sorted.push(next);
    for (const reader of readers[next]!) {
      missing[reader]! -= 1;
      if (missing[reader] === 0) ready.add(reader);
    }
  }
  const done = new Set(sorted);
  return { nodes: sorted.map((i) => nodes[i]!), cycle: nodes.filter((_, i) => !done.has(i)) };
}

/** Names that a node reads, with those that its graphs read from outside. */
export function* readsOf(node: OnnxNode): Generator<string> {
  for (const name of node.inputs) if (name !== "") yield name;
  for (const { graph } of node.attributes.values()) {
    if (graph === undefined) continue;
    const own = new Set([
      ...[...graph.inputs, ...graph.initializers].map(({ name }) => name),
      ...graph.nodes.flatMap(({ outputs }) => outputs),
    ]);
    for (const inner of graph.nodes) for (const name of readsOf(inner)) if (!own.has(name)) yield name;
    for (const { name } of graph.outputs) if (!own.has(name)) yield name;
  }
}

/** Numbers of which the smallest leaves first: a binary heap. */
class SmallestFirst {
  readonly #heap: number[] = [];

  constructor(numbers: readonly number[]) {
    for (const number of numbers) this.add(number);
  }

  add(number: number): void {
    const heap = this.#heap;
    let at = heap.push(number) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! <= number) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = number;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
      if (heap[child]! >= last) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
