/** Walks through a graph in a valid order and infers what each operator leaves. */
import { foldRules } from "../folding/index.ts";
import { NodeView, OperatorFault } from "../node-view.ts";
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxModel, OnnxNode, ValueInfo } from "../onnx-model.ts";
import { shapeRules } from "../shapes/index.ts";
import { valueOfTensor } from "../shapes/tensor-value.ts";
import { activation, elementsIn, fixedValue, MOST_FOLDED, showDims, unknownValue, type Value } from "../value.ts";
import { orderOf } from "./order.ts";
import { Scope } from "./scope.ts";
import type { Contradiction, Fault, Step, TakenBody, TakenBranch, Walk } from "./step.ts";

/** Functions that call functions, and graphs inside graphs. */
const DEEPEST = 64;
/** More steps are no network: functions that call functions can multiply without end. */
const MOST_STEPS = 1_000_000;
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
    this.#graph(graph, { scope, opsets, stated: statedBy(graph, this.#options), attributes: new Map(), depth: 0 });
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
    if (node.op === "Loop" && node.domain === "") return this.#loop(node, view, around);
    if (node.op === "Scan" && node.domain === "") return this.#scan(node, view, around);
    return this.#infer(node, view);
  }

  #infer(node: OnnxNode, view: NodeView): readonly Value[] {
    const rule = shapeRules.get(node.op);
    const isFixed = view.inputs.length > 0 && view.inputs.every((input) => input === undefined || input.isFixed);
    let results: readonly Value[] = node.outputs.map(() => unknownValue());
    try {
      if (rule !== undefined) results = settled(view, rule(view), isFixed);
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
    const stated = statedBy(graph, this.#options);
    return this.#graph(graph, { ...around, scope, stated, depth: around.depth + 1 });
  }

  /** Carried values keep their shape where one round leaves it as it was. */
  #loop(node: OnnxNode, view: NodeView, around: Surroundings): readonly Value[] {
    const body = view.graph("body");
    const times = view.numbers(0)?.[0];
    const carried = view.inputs.slice(2).map((input) => changing(input));
    const inputs = [activation([], 7), activation([], 9), ...carried];
    const results = this.#inside(body, around, inputs).slice(1);
    this.#found.bodies.push({ name: labelOf(node), op: node.op, times });
    return results.map((result, i) => {
      const before = carried[i];
      if (before === undefined) return activation(result.dims && [times, ...result.dims], result.type);
      return before.items !== undefined || result.dims === undefined ? result : sameWhereEqual(before, result);
    });
  }

  #scan(node: OnnxNode, view: NodeView, around: Surroundings): readonly Value[] {
    const scanned = view.int("num_scan_inputs", 0);
    const own = view.inputs.slice(view.version < 9 ? 1 : 0);
    const states = own.slice(0, own.length - scanned).map((input) => changing(input));
    const axes = view.ints("scan_input_axes");
    const slices = own.slice(own.length - scanned);
    const parts = slices.map((input, i) => without(input, axes?.[i] ?? 0));
    const times = slices[0]?.dims?.at(axes?.[0] ?? 0);
    const results = this.#inside(view.graph("body"), around, [...states, ...parts]);
    this.#found.bodies.push({ name: labelOf(node), op: node.op, times });
    const outputAxes = view.ints("scan_output_axes");
    return results.map((result, i) => {
      if (i < states.length) return result;
      const axis = outputAxes?.[i - states.length] ?? 0;
      return activation(result.dims && inserted(result.dims, axis, times), result.type);
    });
  }

  /** What an operator leaves, completed by what the file states. */
  #agreed(name: string, found: Value, { stated }: Surroundings): Value {
    const info = stated.get(name);
    if (info?.dims === undefined || info.kind !== "tensor") return found;
    const sizes = info.dims.map((size) => (typeof size === "number" ? size : undefined));
    if (found.dims === undefined) return activation(sizes, found.type || info.type);
    const isUnlike =
      found.dims.length !== sizes.length ||
      found.dims.some((size, i) => size !== undefined && sizes[i] !== undefined && size !== sizes[i]);
    if (isUnlike) {
      this.#found.contradictions.push({ value: name, stated: showDims(sizes), found: showDims(found.dims) });
      return found;
    }
    if (found.dims.every((size) => size !== undefined)) return found;
    return { ...found, dims: found.dims.map((size, i) => size ?? sizes[i]) };
  }
}

/** Of the graph, or of a branch that is only tried. */
interface Found {
  readonly steps: Step[];
  readonly branches: TakenBranch[];
  readonly bodies: TakenBody[];
  readonly contradictions: Contradiction[];
  readonly faults: Fault[];
}

const nothingFound = (): Found => ({ steps: [], branches: [], bodies: [], contradictions: [], faults: [] });

function append(found: Found, more: Found): void {
  for (const step of more.steps) found.steps.push(step);
  found.branches.push(...more.branches);
  found.bodies.push(...more.bodies);
  found.contradictions.push(...more.contradictions);
  found.faults.push(...more.faults);
}

const keyOf = (domain: string, op: string): string => `${domain}:${op}`;

const labelOf = ({ name, op, outputs }: OnnxNode): string => name || outputs.find((output) => output !== "") || op;

function statedBy(graph: OnnxGraph, { stated }: WalkOptions): ReadonlyMap<string, ValueInfo> {
  if (stated === "ignored") return new Map();
  const infos = [...graph.valueInfo, ...graph.outputs].filter(({ dims }) => dims !== undefined);
  return new Map(infos.map((info) => [info.name, info]));
}

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

/** Computed where all is known; else marked as fixed where only weights went in. */
function settled(view: NodeView, results: readonly Value[], isFixed: boolean): readonly Value[] {
  const fold = foldRules.get(view.op);
  const isSmall = results.every(({ dims }) => (elementsIn(dims) ?? 0) <= MOST_FOLDED);
  const known = fold !== undefined && isSmall ? fold(view, results) : undefined;
  if (known !== undefined) return known;
  const storedType = view.inputs.find((input) => input?.storedType !== undefined)?.storedType;
  return isFixed ? results.map((value) => asFixed(value, storedType)) : results;
}

/** Weights keep the type that they are stored in. */
function asFixed(value: Value, ofInput: number | undefined): Value {
  if (value.isFixed || value.items !== undefined) return value;
  const storedType = value.storedType ?? ofInput;
  return { ...fixedValue(value.dims, value.type), ...(storedType !== undefined && { storedType }) };
}

/** A value that later rounds may change. */
const changing = (value: Value | undefined): Value =>
  value?.items === undefined ? activation(value?.dims, value?.type) : { ...activation(undefined, 0) };

const sameWhereEqual = (before: Value, after: Value): Value =>
  activation(
    before.dims?.length === after.dims?.length
      ? after.dims?.map((size, i) => (size === before.dims?.[i] ? size : undefined))
      : undefined,
    after.type,
  );

function without(value: Value | undefined, axis: number): Value {
  const dims = value?.dims;
  const gone = axis < 0 ? axis + (dims?.length ?? 0) : axis;
  return activation(
    dims?.filter((_, i) => i !== gone),
    value?.type,
  );
}

function inserted(dims: readonly (number | undefined)[], axis: number, size: number | undefined) {
  const at = axis < 0 ? axis + dims.length + 1 : axis;
  return [...dims.slice(0, at), size, ...dims.slice(at)];
}
