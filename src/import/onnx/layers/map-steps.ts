/** Turns the operators of a walk into layers, in order; counts those that ride along, cost nothing, or are left out. */
import { BOOL, bitsOf, INT32, INT64 } from "../element-type.ts";
import type { Step } from "../graph/step.ts";
import { OperatorFault } from "../node-view.ts";
import { product } from "../product.ts";
import { elementsIn, isComplete, type Value } from "../value.ts";
import { freeOps, layerRules, ridingOps } from "./index.ts";
import { elementwiseDraft, type LayerDraft } from "./layer-draft.ts";
import type { Drafts, LayerRule } from "./layer-rule.ts";
import { elementwiseDrafts, isLookUp, lookUpDrafts } from "./memory.ts";
import { findNormalisations } from "./normalisations.ts";
import { isSameOrigin, nowhere, type Origin, Origins } from "./origin.ts";
import { shapeOf } from "./shape.ts";
import { Tally } from "./tally.ts";

/** A layer, and where it comes from. */
export interface MappedLayer {
  readonly draft: LayerDraft;
  /** The operator's, and a suffix. */
  readonly name: string;
  readonly op: string;
  readonly origin: Origin;
  /** Operators that ride along. */
  readonly riders: Tally;
  /** Bits of a weight; undefined without weights, or of an unknown type. */
  readonly weightBits: number | undefined;
}

export interface LeftOperator {
  readonly op: string;
  readonly count: number;
  readonly why: string;
  /** The first one. */
  readonly name: string;
}

export interface Mapping {
  /** The model's input; undefined of a graph without inputs. */
  readonly input: Value | undefined;
  readonly layers: readonly MappedLayer[];
  /** Operators that became layers. */
  readonly made: Tally;
  readonly riders: Tally;
  readonly free: Tally;
  /** Computed from weights and shapes before any input is known. */
  readonly folded: Tally;
  /** Parts of normalisations, which count as one operator each. */
  readonly parts: Tally;
  readonly left: readonly LeftOperator[];
}

/** `inputs`: of the graph; the first is the model's. */
export function mapSteps(steps: readonly Step[], inputs: readonly Value[]): Mapping {
  const mapper = new Mapper(inputs);
  const { parts, ends } = findNormalisations(steps);
  for (const step of steps) {
    const normalised = ends.get(step);
    if (parts.has(step)) mapper.absorb(step);
    else if (normalised !== undefined) mapper.normalise(step, normalised);
    else mapper.map(step);
  }
  return mapper;
}

/** Multiply-accumulates, as far as shapes are known. */
export function workOf(steps: readonly Step[]): number {
  let macs = 0;
  for (const step of steps) for (const draft of draftsOrNone(step)) macs += draft.macs;
  return macs;
}

/** None of an operator that contradicts itself, which is reported elsewhere. */
function draftsOrNone(step: Step): readonly LayerDraft[] {
  try {
    const drafts = step.isKnown ? layerRules.get(step.node.op)?.(step) : undefined;
    return drafts === undefined || drafts === "unknown-shape" ? [] : drafts;
  } catch (error) {
    if (error instanceof OperatorFault) return [];
    throw error;
  }
}

/** Integers up to this many are sizes and indexes rather than data. */
const FEW_INTEGERS = 4096;

class Mapper implements Mapping {
  readonly input: Value | undefined;
  readonly layers: MappedLayer[] = [];
  readonly made = new Tally();
  readonly riders = new Tally();
  readonly free = new Tally();
  readonly folded = new Tally();
  readonly parts = new Tally();
  readonly #left = new Map<string, { op: string; count: number; why: string; name: string }>();
  readonly #origins = new Origins();

  constructor(inputs: readonly Value[]) {
    this.input = inputs[0];
    for (const [i, input] of inputs.entries())
      this.#origins.set(input, { layers: [], isInput: i === 0, isOtherInput: i > 0 });
  }

  get left(): readonly LeftOperator[] {
    return [...this.#left.values()];
  }

  map(step: Step): void {
    const { node, results } = step;
    const read = node.inputs.filter((input): input is Value => input !== undefined && !input.isFixed);
    const origin = this.#origins.joined(read);
    const isFixed = results.length > 0 && results.every((result) => result.isFixed);
    const rule = ruleOf(step);
    if (isFixed) this.#pass(step, nowhere, this.folded);
    else if (!step.isKnown) this.#leave(step, origin, "not an operator that rtmm knows");
    else if (rule !== undefined && !(isAboutShapes(results) && isAboutShapes(read)))
      this.#drafts(step, rule(step), origin);
    else if (freeOps.has(node.op) || isAboutShapes(results)) this.#pass(step, origin, this.free);
    else if (ridingOps.has(node.op)) this.#ride(step, read, origin);
    else this.#leave(step, origin, "rtmm has no layer for it");
  }

  /** Part of a normalisation, which ends in a later operator. */
  absorb(step: Step): void {
    const read = step.node.inputs.filter((input): input is Value => input !== undefined && !input.isFixed);
    this.#pass(step, this.#origins.joined(read), this.parts);
  }

  /** One layer over the value, as LayerNormalization is. */
  normalise(step: Step, value: Value): void {
    const dims = step.results[0]?.dims;
    const draft = isComplete(dims) ? [elementwiseDraft([value], shapeOf(dims))] : "unknown-shape";
    this.#drafts({ ...step, node: step.node.named("LayerNormalization") }, draft, this.#origins.of(value));
  }

  #pass({ node, results }: Step, origin: Origin, tally: Tally): void {
    tally.add(node.op);
    for (const result of results) this.#origins.set(result, origin);
  }

  #leave({ node, results, name }: Step, origin: Origin, why: string): void {
    const op = node.domain === "" ? node.op : `${node.domain}.${node.op}`;
    const key = `${op}: ${why}`;
    const known = this.#left.get(key);
    if (known === undefined) this.#left.set(key, { op, count: 1, why, name });
    else known.count += 1;
    for (const result of results) this.#origins.set(result, origin);
  }

  #drafts(step: Step, drafts: Drafts, origin: Origin): void {
    if (drafts === "unknown-shape") this.#leave(step, origin, "sizes that it works on depend on the data");
    else if (drafts.length === 0 || drafts.some(isEmpty)) this.#pass(step, origin, this.free);
    else this.#make(step, drafts);
  }

  #make(step: Step, drafts: readonly LayerDraft[]): void {
    this.made.add(step.node.op);
    let ends: number[] = [];
    for (const draft of drafts) {
      const own = draft.operands.length > 0 ? this.#origins.joined(draft.operands) : only(this.layers.length - 1);
      ends = draft.isBeside ? [...ends, this.layers.length] : [this.layers.length];
      this.layers.push({
        draft,
        name: step.name + (draft.suffix ?? ""),
        op: step.node.op,
        origin: own,
        riders: new Tally(),
        weightBits: draft.weights > 0 ? weightBitsOf(step) : undefined,
      });
    }
    for (const result of step.results) this.#origins.set(result, { ...nowhere, layers: ends });
  }

  /** On the layer that makes its operands; or on the last of them, if the others are small, as a bias or mask is. */
  #ride(step: Step, read: readonly Value[], origin: Origin): void {
    const last = origin.layers.at(-1);
    if (last === undefined || !this.#canRide(step, read, last)) {
      this.#drafts(step, elementwiseDrafts(step), origin);
      return;
    }
    this.riders.add(step.node.op);
    this.layers[last]!.riders.add(step.node.op);
    for (const result of step.results) this.#origins.set(result, origin.layers.length === 1 ? only(last) : origin);
  }

  #canRide({ results }: Step, read: readonly Value[], last: number): boolean {
    const origins = read.map((value) => this.#origins.of(value));
    if (origins.every((origin) => isSameOrigin(origin, origins[0]!))) return true;
    const all = countOf(results[0]);
    return read.every((value, i) =>
      origins[i]!.layers.includes(last) ? countOf(value) === all : 2 * (countOf(value) ?? Infinity) <= (all ?? 0),
    );
  }
}

const only = (layer: number): Origin => ({ ...nowhere, layers: [layer] });

/** A look-up in a table of weights reads and writes its rows; any other Gather selects. */
function ruleOf(step: Step): LayerRule | undefined {
  return step.node.op === "Gather" && isLookUp(step) ? lookUpDrafts : layerRules.get(step.node.op);
}

const countOf = (value: Value | undefined): number | undefined =>
  isComplete(value?.dims) ? product(value.dims) : undefined;

/** Sizes, indexes and conditions that the data decides; integers of 8 bits are quantised data. */
const isAboutShapes = (results: readonly Value[]): boolean =>
  results.every(({ type, dims }) => indexTypes.has(type) && (elementsIn(dims) ?? 0) <= FEW_INTEGERS);

const indexTypes: ReadonlySet<number> = new Set([INT32, INT64, BOOL]);

const isEmpty = ({ reads, leaves, macs, type }: LayerDraft): boolean =>
  [...(reads ?? []), ...leaves].includes(0) || (macs === 0 && productTypes.has(type));

const productTypes: ReadonlySet<string> = new Set([
  "conv",
  "depthwise-conv",
  "transposed-conv",
  "fc",
  "gemm",
  "matmul",
]);

/** Of the largest weight. */
function weightBitsOf({ node }: Step): number | undefined {
  if (node.op === "MatMulNBits") return node.int("bits", 4);
  const weights = node.inputs.filter((input) => input?.isFixed === true);
  const [largest] = weights.sort((a, b) => (countOf(b) ?? 0) - (countOf(a) ?? 0));
  return largest && bitsOf(largest.storedType ?? largest.type);
}
