/** What a layer reads: the layer before it, named layers, or a shape of its own. */
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import type { LayerContext } from "./layer-types/layer-type.ts";
import type { LayerFields } from "./model-file.ts";
import type { NamedOutputs } from "./named-outputs.ts";
import { concatenated, type Shape, type ShapeOrNot, showShape } from "./shape.ts";

export interface Surroundings {
  /** Output of the layer before. */
  readonly current: ShapeOrNot;
  readonly outputs: NamedOutputs;
  /** Full name of the round that the layer is in. */
  readonly prefix: string;
  /** Whether the layer combines its sources itself. */
  readonly joins: boolean;
  readonly fail: LayerContext["fail"];
}

export interface Sources {
  readonly operands: readonly Shape[];
  readonly joined: Shape;
}

/** Undefined after a problem, here or in a layer before. */
export function readSources(fields: LayerFields, surroundings: Surroundings): Sources | undefined {
  const { from, input } = fields;
  const read = from === undefined ? [surroundings.current] : [from].flat().map((name) => named(name, surroundings));
  if (input !== undefined) return { operands: [input as unknown as Shape], joined: input as unknown as Shape };
  if (read.includes("none"))
    surroundings.fail(
      "",
      "MISSING_KEY",
      'the shape of its input is unknown; give the model an "input: [channels, rows, columns]"',
    );
  const shapes = read.filter((shape): shape is Shape => typeof shape !== "string");
  if (shapes.length < read.length) return undefined;
  if (surroundings.joins) return { operands: shapes, joined: shapes[0]! };
  const joined = concatenated(shapes);
  if (joined !== undefined) return { operands: shapes, joined };
  surroundings.fail("from", "BAD_SHAPE", `rows and columns must be equal, got ${shapes.map(showShape).join(" and ")}`);
  return undefined;
}

function named(name: string, { outputs, prefix, fail }: Surroundings): ShapeOrNot {
  const output = outputs.find(name, prefix);
  if (output !== undefined) return output;
  fail("from", "UNKNOWN_NAME", `no layer ${quote(name)} before this one${didYouMean(name, outputs.names())}`);
  return "unknown";
}
