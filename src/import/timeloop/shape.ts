/** What the dimensions of a Timeloop problem are to its layer: told by the tensors that they occur in. */
import { isMapping } from "../../input/mapping.ts";

/** A window: a filter's dimension that slides over an output's. */
export interface Window {
  readonly filter: string;
  readonly output: string;
  readonly dilation: string | undefined;
  readonly stride: string | undefined;
}

export interface Roles {
  /** Rows, then columns. */
  readonly windows: readonly Window[];
  /** Of all three tensors: independent parts. */
  readonly groups: readonly string[];
  readonly channels: readonly string[];
  readonly filters: readonly string[];
  /** Of inputs and outputs. */
  readonly batch: readonly string[];
}

/** The shape that Timeloop's own files have, also where a problem leaves it to another file. */
export const convolution: Roles = {
  windows: [
    { filter: "R", output: "P", dilation: "Wdilation", stride: "Wstride" },
    { filter: "S", output: "Q", dilation: "Hdilation", stride: "Hstride" },
  ],
  groups: ["G"],
  channels: ["C"],
  filters: ["M", "K"],
  batch: ["N"],
};

export const product: Roles = { windows: [], groups: [], channels: ["K"], filters: ["N"], batch: ["M"] };

/** Text if the shape is none that a layer of rtmm can have. */
export function rolesOf(shape: unknown): Roles | string {
  if (shape === undefined) return convolution;
  if (typeof shape === "string") return /gemm|matmul/i.test(shape) ? product : convolution;
  if (!isMapping(shape)) return "a shape is the name of one, or a mapping";
  const spaces = listOf(shape.data_spaces ?? shape["data-spaces"]).filter(isMapping);
  const outputs = spaces.filter((space) => isTrue(space.read_write ?? space["read-write"]));
  const [output] = outputs;
  const [first, second, ...others] = spaces.filter((space) => !outputs.includes(space)).map(tensorOf);
  if (output === undefined || outputs.length > 1 || first === undefined || second === undefined || others.length > 0)
    return "the shape needs two data spaces that are read, and one with read_write";
  // The tensor that windows slide over is the input; of a product the first.
  const [inputs, weights] = second.windows.length > 0 || /input/i.test(second.name) ? [second, first] : [first, second];
  return rolesIn(inputs, weights, tensorOf(output));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isTrue = (value: unknown): boolean => value === true || /^(true|yes|on)$/i.test(String(value));

interface Tensor {
  readonly name: string;
  readonly dimensions: ReadonlySet<string>;
  /** Terms of a sum: each a dimension, and the coefficient beside it. */
  readonly windows: readonly (readonly (readonly string[])[])[];
}

/** A projection is a list of sums of products: `[[C]]`, `[[R, Wdilation], [P, Wstride]]`; or of names. */
function tensorOf({ name, projection }: Readonly<Record<string, unknown>>): Tensor {
  const sums = listOf(projection).map((sum) =>
    listOf(typeof sum === "string" ? [[sum]] : sum).map((term) => listOf(term).map(String)),
  );
  return {
    name: String(name),
    dimensions: new Set(sums.flatMap((sum) => sum.flatMap(([dimension]) => dimension ?? []))),
    windows: sums.filter((sum) => sum.length > 1),
  };
}

function rolesIn(inputs: Tensor, weights: Tensor, output: Tensor): Roles | string {
  if (weights.windows.length > 0 || output.windows.length > 0 || inputs.windows.length > 2)
    return "rtmm has windows over inputs only, in one or two dimensions";
  const windows = inputs.windows.map((sum) => windowOf(sum, output));
  if (windows.some((window) => window === undefined))
    return "a window is the sum of a dimension of the filter and one of the output";
  const sliding = new Set(windows.flatMap((window) => [window!.filter, window!.output]));
  const all = [...new Set([inputs, weights, output].flatMap(({ dimensions }) => [...dimensions]))];
  const own = all.filter((dimension) => !sliding.has(dimension));
  const within = (...where: readonly boolean[]) =>
    own.filter((dimension) =>
      [inputs, weights, output].every((tensor, i) => tensor.dimensions.has(dimension) === where[i]),
    );
  const roles = {
    windows: windows.map((window) => window!),
    groups: within(true, true, true),
    channels: within(true, true, false),
    filters: within(false, true, true),
    batch: within(true, false, true),
  };
  const known = [...roles.groups, ...roles.channels, ...roles.filters, ...roles.batch];
  const odd = own.find((dimension) => !known.includes(dimension));
  return odd === undefined ? roles : `dimension ${odd} occurs in one tensor only`;
}

function windowOf(sum: readonly (readonly string[])[], output: Tensor): Window | undefined {
  const [slid, kernel] = [
    sum.find(([name]) => output.dimensions.has(name!)),
    sum.find(([name]) => !output.dimensions.has(name!)),
  ];
  if (sum.length !== 2 || slid?.[0] === undefined || kernel?.[0] === undefined) return undefined;
  return { filter: kernel[0], output: slid[0], dilation: kernel[1], stride: slid[1] };
}
