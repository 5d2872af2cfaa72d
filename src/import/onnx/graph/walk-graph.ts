/** Walks through a graph in a valid order and infers what each operator leaves. */
import { NodeView, OperatorFault } from "../node-view.ts";
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxModel, OnnxNode, ValueInfo } from "../onnx-model.ts";
import { shapeRuleOf } from "../shapes/index.ts";
import { valueOfTensor } from "../shapes/tensor-value.ts";
import { unknownValue, type Value } from "../value.ts";
import { loopRound, type Round, scanRound } from "./bodies.ts";
import { append, nothingFound } from "./found.ts";
import { orderOf } from "./order.ts";
import { Scope } from "./scope.ts";
import { settled } from "./settle.ts";
import { completed, statedBy } from "./stated.ts";
import type { Step, Walk } from "./step.ts";

/** Functions that call functions, and graphs inside graphs. */
const DEEPEST = 64;
/** More steps are no network: functions that call functions can multiply without end. */
const MOST_STEPS = 200_000;
const MOST_FAULTS = 100;

export interface WalkOptions {
  /** Whether shapes that the file states can be trusted: not where someone has changed its inputs. */
  readonly stated: "used" | "ignored";
  /** Multiply-accumulates of steps, to choose between branches. */
  readonly workOf: (steps: readonly Step[]) => number;
}

/** `inputs`: values of the graph's inputs, by name. */
export function walkGraph(model: OnnxModel, inputs: ReadonlyMap<string, Value>, options: WalkOptions): Walk {
  return new GraphWalk(model, options).run(inputs);
}

/** Where a node stands: what its names mean there. */
interface Surroundings {
  readonly scope: Scope;
  readonly opsets: ReadonlyMap<string, number>;
  readonly stated: ReadonlyMap<string, ValueInfo>;
  /** Of a function's call: what attributes of its nodes may refer to. */
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  readonly depth: number;
}

class GraphWalk {
  readonly #model: OnnxModel;
  readonly #options: WalkOptions;
  readonly #functions: ReadonlyMap<string, OnnxFunction>;
  #found = nothingFound();
  #count = 0;

  constructor(model: OnnxModel, options: WalkOptions) {
    this.#model = model;
    this.#options = options;
    this.#functions = new Map(model.functions.map((each) => [keyOf(each.domain, each.name), each]));
  }

  run(inputs: ReadonlyMap<string, Value>): Walk {
    const scope = new Scope();
    for (const [name, value] of inputs) scope.set(name, value);
    const { graph, opsets } = this.#model;
    this.#graph(graph, { scope, opsets, stated: this.#stated(graph), attributes: new Map(), depth: 0 });
    return this.#found;
  }

  /** The values of its outputs. */
  #graph(graph: OnnxGraph, around: Surroundings): readonly Value[] {
    for (const tensor of graph.initializers) around.scope.set(tensor.name, valueOfTensor(tensor));
    this.#nodes(graph.nodes, around);
    return graph.outputs.map(({ name }) => this.#read(name, "the graph", around) ?? unknownValue());
  }

  #nodes(nodes: readonly OnnxNode[], around: Surroundings): void {
    const { nodes: ordered, cycle } = orderOf(nodes);
    for (const node of ordered) this.#node(node, around);
    if (cycle.length === 0) return;
    const names = cycle.slice(0, 5).map(labelOf).join(", ");
    const who = cycle.length === 1 ? "it waits for itself" : `${cycle.length} nodes wait for each other`;
    this.#fault(cycle[0]!, `${who}, so the graph has no order: ${names}`);
  }

  #node(node: OnnxNode, around: Surroundings): void {
    if (this.#found.faults.length >= MOST_FAULTS || this.#count >= MOST_STEPS) return;
    this.#count += 1;
    if (this.#count === MOST_STEPS) this.#fault(node, `the graph has more than ${MOST_STEPS} operators`);
    if (around.depth > DEEPEST) {
      this.#fault(node, `functions and graphs are more than ${DEEPEST} deep`);
      return;
    }
    const view = this.#view(node, around);
    const results = this.#results(node, view, around);
    for (const [i, name] of node.outputs.entries()) {
      if (name === "") continue;
      if (around.scope.has(name)) this.#fault(node, `"${name}" is made twice`);
      around.scope.set(name, this.#agreed(name, results[i] ?? unknownValue(), around));
    }
  }

  #view(node: OnnxNode, around: Surroundings): NodeView {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : this.#read(name, labelOf(node), around, node)));
    return new NodeView({
      op: node.op,
      domain: node.domain,
      version: around.opsets.get(node.domain) ?? this.#model.opsets.get(node.domain) ?? 1,
      inputs,
      outputs: node.outputs,
      attributes: resolved(node.attributes, around.attributes),
    });
  }

  #read(name: string, reader: string, { scope }: Surroundings, node?: OnnxNode): Value | undefined {
    const value = scope.get(name);
    if (value !== undefined) return value;
    const fault = { name: reader, op: node?.op ?? "Graph", message: `it reads "${name}", which nothing makes` };
    if (this.#found.faults.length < MOST_FAULTS) this.#found.faults.push(fault);
    return unknownValue();
  }

  #results(node: OnnxNode, view: NodeView, around: Surroundings): readonly Value[] {
    const called = this.#functions.get(keyOf(node.domain, node.op));
    if (called !== undefined) return this.#call(called, view, resolved(node.attributes, around.attributes), around);
    if (node.op === "If" && node.domain === "") return this.#branch(node, view, around);
    if (node.op === "Loop" && node.domain === "") return this.#body(node, view, loopRound(view), around);
    if (node.op === "Scan" && node.domain === "") return this.#body(node, view, scanRound(view), around);
    return this.#infer(node, view);
  }

  #infer(node: OnnxNode, view: NodeView): readonly Value[] {
    const rule = shapeRuleOf(node.domain, node.op);
    let results: readonly Value[] = node.outputs.map(() => unknownValue());
    try {
      if (rule !== undefined) results = settled(view, rule(view));
    } catch (error) {
      if (!(error instanceof OperatorFault)) throw error;
      this.#fault(node, `${error.message}; it reads ${view.shapes}`);
    }
    this.#found.steps.push({ node: view, name: labelOf(node), results, isKnown: rule !== undefined });
    return results;
  }

  #fault(node: OnnxNode, message: string): void {
    if (this.#found.faults.length < MOST_FAULTS) this.#found.faults.push({ name: labelOf(node), op: node.op, message });
  }

  #call(
    called: OnnxFunction,
    view: NodeView,
    given: ReadonlyMap<string, OnnxAttribute>,
    around: Surroundings,
  ): readonly Value[] {
    const scope = new Scope();
    for (const [i, name] of called.inputs.entries()) {
      const value = view.inputs[i];
      if (value !== undefined) scope.set(name, value);
    }
    const attributes = new Map([...called.defaults, ...given]);
    const inside = { scope, opsets: called.opsets, stated: new Map(), attributes, depth: around.depth + 1 };
    this.#nodes(called.nodes, inside);
    return called.outputs.map((name) => scope.get(name) ?? unknownValue());
  }

  #branch(node: OnnxNode, view: NodeView, around: Surroundings): readonly Value[] {
    const condition = view.numbers(0)?.[0];
    if (condition === undefined) return this.#betterBranch(node, view, around);
    const branch = condition !== 0 ? "then" : "else";
    this.#found.branches.push({ name: labelOf(node), branch, condition: "known", isEqual: false });
    return this.#inside(view.graph(`${branch}_branch`), around);
  }

  /** The data decides: the one with more work, of those that fit the inputs. */
  #betterBranch(node: OnnxNode, view: NodeView, around: Surroundings): readonly Value[] {
    const before = this.#found;
    const tried = (["then", "else"] as const).map((branch) => {
      this.#found = nothingFound();
      const results = this.#inside(view.graph(`${branch}_branch`), around);
      const { steps, faults } = this.#found;
      const work = faults.length > 0 ? -1 : this.#options.workOf(steps);
      return { branch, results, found: this.#found, work };
    });
    this.#found = before;
    const [first, second] = tried as [(typeof tried)[number], (typeof tried)[number]];
    const taken = second.work > first.work ? second : first;
    append(before, taken.found);
    const isEqual = first.work === second.work;
    const condition = Math.min(first.work, second.work) < 0 && !isEqual ? "contradiction" : "unknown";
    before.branches.push({ name: labelOf(node), branch: taken.branch, condition, isEqual });
    return taken.results;
  }

  /** A graph that sees the names around it. */
  #inside(graph: OnnxGraph | undefined, around: Surroundings, inputs: readonly Value[] = []): readonly Value[] {
    if (graph === undefined) return [];
    const scope = new Scope(around.scope);
    for (const [i, { name }] of graph.inputs.entries()) scope.set(name, inputs[i] ?? unknownValue());
    return this.#graph(graph, { ...around, scope, stated: this.#stated(graph), depth: around.depth + 1 });
  }

  #body(node: OnnxNode, view: NodeView, round: Round, around: Surroundings): readonly Value[] {
    const results = this.#inside(view.graph("body"), around, round.inputs);
    this.#found.bodies.push({ name: labelOf(node), op: node.op, times: round.times });
    return round.results(results);
  }

  #agreed(name: string, found: Value, { stated }: Surroundings): Value {
    const value = completed(found, stated.get(name));
    if (!("found" in value)) return value;
    this.#found.contradictions.push(value);
    return found;
  }

  #stated(graph: OnnxGraph): ReadonlyMap<string, ValueInfo> {
    return this.#options.stated === "ignored" ? new Map() : statedBy(graph);
  }
}

const keyOf = (domain: string, op: string): string => `${domain}:${op}`;

const labelOf = ({ name, op, outputs }: OnnxNode): string => name || outputs.find((output) => output !== "") || op;

/** Attributes of a function's nodes that refer to the attributes of the call. */
function resolved(
  attributes: ReadonlyMap<string, OnnxAttribute>,
  given: ReadonlyMap<string, OnnxAttribute>,
): ReadonlyMap<string, OnnxAttribute> {
  if (![...attributes.values()].some(({ reference }) => reference !== undefined)) return attributes;
  return new Map(
    [...attributes].flatMap(([name, attribute]) => {
      const value = attribute.reference === undefined ? attribute : given.get(attribute.reference);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
