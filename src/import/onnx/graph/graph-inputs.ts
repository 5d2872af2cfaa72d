/** The shapes of a graph's inputs: as the file states them, with the sizes that the user gives. */
import { didYouMean } from "../../../input/closest.ts";
import { RequestError } from "../../../input/request-error.ts";
import type { OnnxGraph, StatedDim, ValueInfo } from "../onnx-model.ts";
import { activation, knownValue, unknownValue, type Value } from "../value.ts";

/** What a user says of an input: its shape, or the value of a scalar; or the size of a symbol, a list of one number. */
export interface GivenInput {
  readonly name: string;
  readonly dims: readonly number[];
}

export interface GraphInputs {
  readonly values: ReadonlyMap<string, Value>;
  /** Whether a size differs from what the file states, so that nothing else that it states can be trusted. */
  readonly isChanged: boolean;
}

/** Throws a RequestError if sizes are missing or contradict each other. */
export function inputsOf(graph: OnnxGraph, given: readonly GivenInput[], file: string): GraphInputs {
  const weights = new Set(graph.initializers.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !weights.has(name));
  const symbols = symbolsOf(inputs, given, file);
  const shapes = inputs.map((input) => ({ input, dims: dimsOf(input, given, symbols) }));
  checkOpen(shapes, file);
  const values = shapes.map(({ input, dims }): [string, Value] => [input.name, valueFor(input, dims, given)]);
  const isChanged = shapes.some(({ input, dims }) =>
    input.dims?.some((size, axis) => typeof size === "number" && size !== dims?.[axis]),
  );
  return { values: new Map(values), isChanged };
}

/** A scalar has no sizes, so the number given for it is its value: a sample rate, for example, that decides a branch. */
function valueFor(input: ValueInfo, dims: Shaped["dims"], given: readonly GivenInput[]): Value {
  if (input.kind !== "tensor") return unknownValue();
  const said = isScalar(input) ? given.find(({ name }) => name === input.name)?.dims : undefined;
  return said === undefined
    ? activation(dims as readonly number[] | undefined, input.type)
    : knownValue([], said, input.type);
}

const isScalar = ({ dims }: ValueInfo): boolean => dims?.length === 0;

interface Shaped {
  readonly input: ValueInfo;
  readonly dims: readonly StatedDim[] | undefined;
}

/** Sizes of symbols: given by name, or by the shape of an input that has them. */
function symbolsOf(inputs: readonly ValueInfo[], given: readonly GivenInput[], file: string): Map<string, number> {
  const sizes = new Map<string, number>();
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const known = new Set(inputs.flatMap(({ dims = [] }) => dims.flatMap(symbolsIn)));
  for (const { name, dims } of given) {
    const input = byName.get(name);
    if (input !== undefined) bind(input, dims, sizes, file);
    else if (known.has(name) && dims.length === 1) setSize(sizes, name, dims[0]!, file);
    else throw new RequestError(`${file} has no input "${name}"${hint(name, [...byName.keys(), ...known])}`);
  }
  return sizes;
}

/** A sum is a symbol, and so are its terms. */
const symbolsIn = (size: StatedDim): string[] =>
  typeof size !== "string" ? [] : [size, ...(size.includes("+") ? size.split("+").map((term) => term.trim()) : [])];

const hint = (name: string, names: readonly string[]): string =>
  didYouMean(name, names) || (names.length === 0 ? "; it has none" : `; it has ${names.slice(0, 10).join(", ")}`);

function bind({ name, dims: stated }: ValueInfo, dims: readonly number[], sizes: Map<string, number>, file: string) {
  if (stated === undefined || (stated.length === 0 && dims.length === 1)) return;
  if (stated.length !== dims.length) {
    const what = `[${stated.map((size) => size ?? "?").join(", ")}]`;
    throw new RequestError(`--input ${name}=${dims.join("x")} has ${dims.length} sizes, but ${file} states ${what}`);
  }
  for (const [axis, size] of stated.entries()) if (typeof size === "string") setSize(sizes, size, dims[axis]!, file);
}

function setSize(sizes: Map<string, number>, symbol: string, size: number, file: string): void {
  const known = sizes.get(symbol);
  if (known !== undefined && known !== size)
    throw new RequestError(`--input gives "${symbol}" of ${file} the sizes ${known} and ${size}`);
  sizes.set(symbol, size);
}

function dimsOf(input: ValueInfo, given: readonly GivenInput[], symbols: ReadonlyMap<string, number>) {
  const { name, dims } = input;
  if (isScalar(input)) return dims;
  const own = given.find((each) => each.name === name)?.dims;
  return own ?? dims?.map((size) => (typeof size === "string" ? (sizeOf(size, symbols) ?? size) : size));
}

/** Exporters also write sums, such as `past_sequence + sequence`. */
function sizeOf(symbol: string, symbols: ReadonlyMap<string, number>): number | undefined {
  const known = symbols.get(symbol);
  if (known !== undefined || !symbol.includes("+")) return known;
  const terms = symbol.split("+").map((term) => term.trim());
  const sizes = terms.map((term) => (/^[0-9]+$/.test(term) ? Number(term) : symbols.get(term)));
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

function checkOpen(shapes: readonly Shaped[], file: string): void {
  const open = shapes.filter(({ input, dims }) => input.kind === "tensor" && !isClosed(dims));
  if (open.length === 0) return;
  const stated = open.slice(0, 5).map(({ input, dims }) => `${input.name} ${shown(dims)}`);
  const rest = open.length > 5 ? ` and ${open.length - 5} more` : "";
  const options = suggestion(open).join(" ");
  throw new RequestError(`${file} leaves sizes of its inputs open: ${stated.join(", ")}${rest}; say them: ${options}`);
}

const isClosed = (dims: readonly StatedDim[] | undefined): boolean =>
  dims?.every((size) => typeof size === "number") ?? false;

const shown = (dims: readonly StatedDim[] | undefined): string =>
  dims === undefined ? "without a shape" : `[${dims.map((size) => size ?? "?").join(", ")}]`;

/** An input that has only symbols of those before needs no option of its own. */
function suggestion(open: readonly Shaped[]): string[] {
  const known = new Set<StatedDim>();
  return open.flatMap(({ input, dims }) => {
    const isNew = dims === undefined || dims.some((size) => typeof size !== "number" && !known.has(size));
    for (const size of dims ?? []) if (typeof size === "string") known.add(size);
    return isNew ? [`--input ${quoted(`${input.name}=${sizesToSay(dims)}`)}`] : [];
  });
}

/** Symbols on the first axis are nearly always the batch. */
const sizesToSay = (dims: readonly StatedDim[] | undefined): string =>
  dims === undefined
    ? "<sizes>"
    : dims.map((size, axis) => (typeof size === "number" ? size : axis === 0 ? 1 : `<${size ?? "size"}>`)).join("x");

const quoted = (text: string): string => `'${text}'`;
