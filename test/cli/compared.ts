/** `rtmm compare` of a random scenario in a folder of its own. */
import type { Comparison } from "../../src/records/comparison.ts";
import { call, folderWith, small } from "./call.ts";

/** `small` with a draw: half of the frames trigger a detection. */
export const random = {
  ...small,
  "random.yaml": small["small.yaml"]
    .replace("name: small", "name: random")
    .replace("durationMs: 4", "durationMs: 60")
    .replace("after: camera", "after: { task: camera, probability: 0.5 }"),
};

export const compareIn = (cwd: string, ...argv: string[]) => call(["compare", ...argv, "-S", "soc"], { cwd });
export const compare = (...argv: string[]) => compareIn(folderWith(random), ...argv);
export const json = async (...argv: string[]): Promise<Comparison> =>
  JSON.parse((await compare(...argv, "-f", "json")).stdout);

export const schedulers = ["--schedulers", "fcfs,edf,llf"];
