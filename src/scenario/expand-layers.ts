/** Expands the layers of a file to the flat list that runs, with all rounds and their shapes. */
import { type Layer, macsOf } from "../core/layer.ts";
import type { EarlyExit, SkipGate, VariableLoop } from "../core/model.ts";
import type { Path } from "../input/parsed-file.ts";
import type { Report } from "../input/report.ts";
import { namesOf } from "./default-names.ts";
import { isComplete, longest, stepProbabilities, sumOf } from "./distribution.ts";
import { layerTypes } from "./layer-types/index.ts";
import type { Expansion, LayerType } from "./layer-types/layer-type.ts";
import { type BlockFields, isBlock, type LayerFields, type LayerItem, type Times } from "./model-file.ts";
import { NamedOutputs } from "./named-outputs.ts";
import type { ShapeOrNot } from "./shape.ts";
import { readSources, type Sources } from "./sources.ts";

/** Limit on the layers of all variants of a model, after expansion. */
export const MOST_LAYERS = 100_000;
/** Larger sizes lose whole numbers, or are mistakes. */
const MOST_MACS = 1e15;
const MOST_ELEMENTS = 1e12;

export interface ExpandedLayers {
  readonly layers: Layer[];
  readonly skips: SkipGate[];
  readonly exits: EarlyExit[];
  readonly loops: VariableLoop[];
  /** By name: layers and blocks that are not inside another block. */
  readonly parts: Map<string, PartStart>;
}

/** Where a layer or block begins. */
export interface PartStart {
  readonly firstLayer: number;
  /** Output of the layer before. */
  readonly before: ShapeOrNot;
}

export function expandLayers(
  items: readonly LayerItem[],
  input: ShapeOrNot,
  batch: number,
  report: Report,
): ExpandedLayers {
  const expander = new Expander(input, batch, report);
  expander.list(items, [], "");
  return expander.result;
}

const NO_SOURCES: Sources = { operands: [], joined: [1, 1, 1] };

class Expander {
  readonly result: ExpandedLayers = { layers: [], skips: [], exits: [], loops: [], parts: new Map() };
  readonly #report: Report;
  readonly #batch: number;
  readonly #outputs: NamedOutputs;
  #current: ShapeOrNot;
  #items = 0;
  #isInLoop = false;
  /** Whether `#current` follows from an input that the file states. */
  #isStated: boolean;

  constructor(input: ShapeOrNot, batch: number, report: Report) {
    this.#current = input;
    this.#isStated = input !== "none";
    this.#batch = batch;
    this.#report = report;
    this.#outputs = new NamedOutputs(input);
  }

  list(items: readonly LayerItem[], path: Path, prefix: string): void {
    const names = namesOf(items);
    for (const [i, item] of items.entries()) {
      if (this.#isFull) return;
      this.#item(item, [...path, i], prefix, names[i]!);
    }
  }

  get #isFull(): boolean {
    return this.#items > MOST_LAYERS || this.result.layers.length > MOST_LAYERS;
  }

  #item(item: LayerItem, path: Path, prefix: string, name: string): void {
    this.#items += 1;
    if (prefix === "") this.result.parts.set(name, { firstLayer: this.result.layers.length, before: this.#current });
    if (typeof item !== "object" || item === null) this.#current = "unknown";
    else if (isBlock(item)) this.#block(item, path, prefix, name);
    else if (!this.#report.isSound(path)) this.#current = "unknown";
    else if (item.repeat !== undefined) this.#repeatedLayer(item, item.repeat, path, prefix, name);
    else this.#layer(item, path, prefix, name);
    this.#register(name, prefix + name, path);
    if (this.#isFull) this.#report.problem(path, "TOO_MANY_LAYERS", `a model has at most ${MOST_LAYERS} layers`);
  }

  #block(block: BlockFields, path: Path, prefix: string, name: string): void {
    if (!Array.isArray(block.layers)) {
      this.#current = "unknown";
      return;
    }
    const repeat = this.#report.isSound([...path, "repeat"]) ? block.repeat : 1;
    const skip = this.#report.isSound([...path, "skip"]) ? block.skip : undefined;
    this.#rounds(repeat, skip, [...path, "repeat"], (round) => {
      this.list(block.layers, [...path, "layers"], `${prefix}${name}[${round}].`);
      this.#outputs.add(`${name}[${round}]`, `${prefix}${name}[${round}]`, this.#current);
    });
  }

  /** `from` and `input` apply to the first round; each other round reads the one before. */
  #repeatedLayer(layer: LayerFields, repeat: Times, path: Path, prefix: string, name: string): void {
    const { repeat: _repeat, skip, ...first } = layer;
    const { from: _from, input: _input, ...later } = first;
    this.#rounds(repeat, skip, [...path, "repeat"], (round) => {
      this.#layer(round === 0 ? first : later, path, prefix, `${name}[${round}]`);
      this.#register(`${name}[${round}]`, `${prefix}${name}[${round}]`, path);
    });
  }

  #rounds(times: Times, skip: number | undefined, path: Path, round: (i: number) => void): void {
    const { layers } = this.result;
    const firstLayer = layers.length;
    const isVarying = typeof times !== "number";
    if (isVarying) this.#checkLoop(times, path);
    const wasInLoop = this.#isInLoop;
    this.#isInLoop ||= isVarying;
    const count = longest(times);
    for (let i = 0; i < count && !this.#isFull; i += 1) {
      const start = layers.length;
      round(i);
      this.#skip(start, skip);
    }
    this.#isInLoop = wasInLoop;
    if (isVarying && layers.length > firstLayer)
      this.result.loops.push({
        firstLayer,
        layersPerStep: (layers.length - firstLayer) / count,
        stepProbabilities: stepProbabilities(times),
      });
  }

  #checkLoop(times: Exclude<Times, number>, path: Path): void {
    if (this.#isInLoop)
      this.#report.problem(path, "UNSUPPORTED", "a distribution of lengths inside another one is not supported");
    if (!isComplete(times))
      this.#report.problem(
        path,
        "BAD_DISTRIBUTION",
        `probabilities must sum to 1, got ${Number(sumOf(times).toFixed(9))}`,
      );
  }

  #skip(firstLayer: number, probability: number | undefined): void {
    const endLayer = this.result.layers.length;
    if (probability !== undefined && probability > 0 && endLayer > firstLayer)
      this.result.skips.push({ firstLayer, endLayer, probability });
  }

  #layer(fields: LayerFields, path: Path, prefix: string, name: string): void {
    const start = this.result.layers.length;
    const expansion = this.#expand(fields, path, prefix, name);
    this.#current = expansion?.output ?? "unknown";
    if (expansion === undefined) return;
    this.#emit(expansion.layers, path, prefix + name);
    if (expansion.stepProbabilities !== undefined) {
      this.#checkLoop(fields.steps as Exclude<Times, number>, [...path, "steps"]);
      this.result.loops.push({ firstLayer: start, layersPerStep: 1, stepProbabilities: expansion.stepProbabilities });
    }
    this.#skip(start, fields.skip);
    this.#exit(fields, path, expansion);
  }

  #expand(fields: LayerFields, path: Path, prefix: string, name: string): Expansion | undefined {
    const type = layerTypes.get(fields.type)!;
    const fail = (field: string, ...[code, message]: [Parameters<Report["problem"]>[1], string]): void =>
      this.#report.problem(field === "" ? path : [...path, field], code, `${name}: ${message}`);
    const joins = type.joinsSources ?? false;
    const sources =
      this.#ownSources(fields, type) ??
      readSources(fields, { current: this.#current, outputs: this.#outputs, prefix, joins, fail });
    if (sources === undefined) return undefined;
    const input = sources.joined;
    return type.expand(fields, { name: prefix + name, batch: this.#batch, input, operands: sources.operands, fail });
  }

  /** Of a layer that says itself what it reads. It may only contradict what a file states, not the layer before it. */
  #ownSources(fields: LayerFields, type: LayerType): Sources | undefined {
    const { from, input } = fields;
    if (type.isSized?.(fields)) {
      this.#isStated = false;
      return NO_SOURCES;
    }
    this.#isStated ||= from !== undefined || input !== undefined;
    const own = this.#isStated ? undefined : type.ownInput?.(fields);
    return own && { operands: [own], joined: own };
  }

  #emit(layers: readonly Layer[], path: Path, unitName: string): void {
    for (const layer of layers) {
      const isTooBig =
        macsOf(layer) > MOST_MACS || layer.inputElements > MOST_ELEMENTS || layer.outputElements > MOST_ELEMENTS;
      if (isTooBig) this.#report.problem(path, "TOO_BIG", `${layer.name} has more than 1e15 MACs or 1e12 elements`);
      if (layer.name !== unitName) this.#register(layer.name, layer.name, path);
      this.result.layers.push(layer);
    }
  }

  #exit({ exit, exitAccuracy }: LayerFields, path: Path, expansion: Expansion): void {
    const afterLayer = this.result.layers.length - 1;
    if (exit === undefined || exit === 0) {
      if (exitAccuracy !== undefined && exit === undefined)
        this.#report.problem([...path, "exitAccuracy"], "MISSING_KEY", 'exitAccuracy needs "exit"', "key");
      return;
    }
    if (expansion.stepProbabilities !== undefined)
      this.#report.problem([...path, "exit"], "UNSUPPORTED", "exit cannot be combined with a variable number of steps");
    const accuracy = exitAccuracy === undefined ? {} : { accuracy: exitAccuracy };
    this.result.exits.push({ afterLayer, probability: exit, ...accuracy });
  }

  #register(name: string, fullName: string, path: Path): void {
    if (this.#outputs.has(fullName) || fullName === "input") {
      const why = fullName === "input" ? "is reserved for the model's input" : "is already taken";
      this.#report.problem([...path, "name"], "DUPLICATE_ID", `layer name "${fullName}" ${why}`);
    }
    this.#outputs.add(name, fullName, this.#current);
  }
}
