/** Input files of several runs, each once. */
import type { InputFile } from "./run-result.ts";

/** In the order of their first mention. */
export const distinctInputs = (all: readonly InputFile[]): readonly InputFile[] => [
  ...new Map(all.map((input) => [JSON.stringify(input), input])).values(),
];
