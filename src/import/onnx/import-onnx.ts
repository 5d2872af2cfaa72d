/** Converts an ONNX network to a model. Only its graph is read, never its weights. */
import { printable } from "../../input/printable.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { baseName, fileName, kebabCase } from "../ids.ts";
import type { ImportOptions, ImportResult } from "../imported.ts";
import { type GivenInput, inputsOf } from "./graph/graph-inputs.ts";
import type { Fault } from "./graph/step.ts";
import { walkGraph } from "./graph/walk-graph.ts";
import { mapSteps, workOf } from "./layers/map-steps.ts";
import { modelYaml } from "./model-yaml.ts";
import type { OnnxModel } from "./onnx-model.ts";
import { aboutOf, reportOf } from "./onnx-report.ts";
import type { Value } from "./value.ts";
import type { ByteSource } from "./wire/byte-source.ts";
import { decodeModel } from "./wire/decode-model.ts";
import { otherFormat } from "./wire/other-format.ts";
import { WireError } from "./wire/wire-reader.ts";

export interface OnnxSource {
  readonly bytes: ByteSource;
  /** As problems name it. */
  readonly file: string;
}

export interface OnnxOptions extends ImportOptions {
  /** Shapes of inputs, or sizes of symbols, that the file leaves open. */
  readonly inputs?: readonly GivenInput[];
}

/** Throws an InputError if the file is no ONNX network or contradicts itself, a RequestError if sizes are missing. */
export function importOnnx({ bytes, file }: OnnxSource, options: OnnxOptions = {}): ImportResult {
  return orInputError({ bytes, file }, () => {
    const model = decodeModel(bytes);
    if (model.graph.nodes.length === 0) throw new WireError(0, "its graph has no operators");
    const { values, isChanged } = inputsOf(model.graph, options.inputs ?? [], file);
    const walk = walkGraph(model, values, { stated: isChanged ? "ignored" : "used", workOf });
    reportFaults(walk.faults, file);
    const mapping = mapSteps(walk.steps, inputOrder([...values.values()]));
    if (mapping.layers.length === 0) throw new RequestError(`${file} has no operator that becomes a layer`);
    const name = kebabCase(baseName(file), "network");
    const about = aboutOf(model);
    const remarks = remarksOf(model, values);
    const text = { name, title: printable(baseName(file)), about, file, remarks };
    return {
      files: [modelYaml(mapping, text, options)],
      report: reportOf({ model, walk, mapping, name, file: fileName(file) }),
    };
  });
}

/** The model's input is the first that is a tensor of several axes. */
function inputOrder(values: readonly Value[]): readonly Value[] {
  const main = values.find(({ dims }) => (dims?.length ?? 0) > 1) ?? values[0];
  return main === undefined ? [] : [main, ...values.filter((value) => value !== main)];
}

function remarksOf({ graph }: OnnxModel, values: ReadonlyMap<string, Value>): string[] {
  const inputs = [...values].map(([name, { dims }]) => `${name} [${(dims ?? []).join(", ")}]`);
  const shown = inputs.slice(0, 8).join(", ") + (inputs.length > 8 ? `, and ${inputs.length - 8} more` : "");
  return [`Graph ${graph.name}, inputs ${shown}.`];
}

/** A graph whose operators contradict each other has no layers that could be trusted. */
function reportFaults(faults: readonly Fault[], file: string): void {
  const problems = new ProblemList();
  for (const { name, op, message } of faults) {
    const about = {
      code: "BAD_SHAPE",
      severity: "error",
      file,
      line: undefined,
      column: undefined,
      frame: "",
    } as const;
    problems.add({ ...about, message: printable(`${op} "${name}": ${message}`) });
  }
  problems.finish();
}

function orInputError<T>({ bytes, file }: OnnxSource, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const problems = new ProblemList();
    const other = otherFormat(bytes);
    const message =
      other === undefined
        ? `not an ONNX model, or one that is cut off: ${error.message} (byte ${error.at})`
        : `not an ONNX model but ${other}`;
    const about = { code: "ONNX_SYNTAX", severity: "error", line: undefined, column: undefined, frame: "" } as const;
    problems.add({ ...about, file, message: printable(message) });
    problems.finish();
    throw error;
  }
}
