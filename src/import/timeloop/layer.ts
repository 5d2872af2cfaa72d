/** From a problem of Timeloop to rtmm's layer. */
import type { TimeloopProblem } from "./problem.ts";

export interface TimeloopLayer {
  readonly fields: Readonly<Record<string, string | number | readonly number[]>>;
  readonly macs: number;
  readonly weights: number;
  /** Layers that are written by their sizes have none. */
  readonly isDilated: boolean;
}

export function layerOf(problem: TimeloopProblem): TimeloopLayer {
  const sizes = sizesOf(problem);
  const { groups, channels, filters, batch, kernel, output } = sizes;
  const perOutput = groups * channels * filters * product(kernel);
  const fields = isProduct(sizes) ? productFields(sizes) : convolutionFields(sizes);
  return {
    fields,
    macs: batch * product(output) * perOutput,
    weights: fields.type === "matmul" ? 0 : perOutput,
    isDilated: product(sizes.dilation) > 1,
  };
}

interface Sizes {
  readonly groups: number;
  /** Of one group, as `filters`. */
  readonly channels: number;
  readonly filters: number;
  readonly batch: number;
  readonly kernel: readonly [rows: number, columns: number];
  readonly output: readonly [rows: number, columns: number];
  readonly stride: readonly [rows: number, columns: number];
  readonly dilation: readonly [rows: number, columns: number];
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

function sizesOf({ roles, sizeOf }: TimeloopProblem): Sizes {
  const of = (names: readonly string[]) => product(names.map(sizeOf));
  const { windows } = roles;
  const pair = (key: "filter" | "output" | "stride" | "dilation"): readonly [number, number] => [
    sizeOf(windows[0]?.[key]),
    sizeOf(windows[1]?.[key]),
  ];
  return {
    groups: of(roles.groups),
    channels: of(roles.channels),
    filters: of(roles.filters),
    batch: of(roles.batch),
    ...{ kernel: pair("filter"), output: pair("output"), stride: pair("stride"), dilation: pair("dilation") },
  };
}

/** Rows of features, as fully connected layers and tokens are written: nothing slides, and there is one column. */
const isProduct = ({ kernel, output, stride }: Sizes): boolean =>
  product(kernel) === 1 && output[1] === 1 && product(stride) === 1;

/** Products of several groups have an operand of each, as those of attention: no weights. */
const productFields = ({ groups, channels, filters, batch, output }: Sizes) => ({
  type: groups > 1 ? "matmul" : "gemm",
  ...{ rows: batch * output[0], in: channels, out: filters },
  ...(groups > 1 ? { groups } : {}),
});

function convolutionFields({ groups, channels, filters, batch, kernel, output, stride: [rows, columns] }: Sizes) {
  const isDepthwise = groups > 1 && channels === 1;
  return {
    type: isDepthwise ? "depthwise-conv" : "conv",
    K: isDepthwise ? filters : filters * groups,
    C: channels * groups,
    ...{ "Y'": output[0], "X'": output[1], R: kernel[0], S: kernel[1] },
    ...(rows === 1 && columns === 1 ? {} : { stride: rows === columns ? rows : [rows, columns] }),
    ...(groups > 1 && !isDepthwise ? { groups } : {}),
    ...(batch > 1 ? { N: batch } : {}),
  };
}
