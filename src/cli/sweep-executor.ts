/** What runs the points of a sweep. */
import type { Command } from "commander";
import type { PointExecutor } from "../experiment/points/point.ts";
import { declareJobs, type JobsOption, jobsOf } from "./jobs-option.ts";
import type { Streams } from "./streams.ts";

export type ExecutorOptions = JobsOption;

export const declareExecutor = (declaration: Command): Command => declareJobs(declaration);

/** `points`: how many there are to run. The caller closes it. */
export async function openExecutor(options: ExecutorOptions, points: number, { cwd }: Streams): Promise<PointExecutor> {
  const { ThreadExecutor } = await import("../experiment/points/thread-executor.ts");
  return new ThreadExecutor(jobsOf(options, points), { cwd });
}
