/** The input files of several runs, without repetitions. */
import type { InputFile } from "./run-result.ts";

/** In the order of first occurrence. */
export const distinctInputs = (all: readonly InputFile[]): readonly InputFile[] => [
  ...new Map(all.map((input) => [JSON.stringify(input), input])).values(),
];
