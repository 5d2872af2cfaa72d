/** The interface of a paper's reproduction. A new one is a file here with a `Paper`, and a line in `papers.ts`. */
import type { PointExecutor } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import type { Reproduction } from "../../records/reproduction.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { Workbench } from "../../run/workbench.ts";

export interface Paper {
  /** Its name on the command line and in results files. */
  readonly name: string;
  readonly title: string;
  /** Default number of seeds. */
  readonly seeds: number;
  /** Whether a shorter duration makes sense for its workload. */
  readonly hasDuration: boolean;
  /** Number of its comparisons. */
  comparisons(settings: ReproduceSettings, library: Library): number;
  /** Rejects with the error that stopped it. An incomplete comparison has no result. */
  measure(settings: ReproduceSettings, bench: Bench): Promise<Findings>;
}

/** What is found, without what a paper and its settings say themselves. */
export type Findings = Omit<Reproduction, "schemaVersion" | "rtmmVersion" | "paper" | "title" | "extent" | "seeds">;

/** Runs a paper's comparison. Rejects as `measure` does. */
export async function reproduce(paper: Paper, settings: ReproduceSettings, bench: Bench): Promise<Reproduction> {
  const { name, title } = paper;
  const { extent, seeds } = settings;
  return {
    schemaVersion: 1,
    rtmmVersion,
    paper: name,
    title,
    extent,
    seeds,
    ...(await paper.measure(settings, bench)),
  };
}

export interface ReproduceSettings {
  /** `quick`: fewer systems and shorter runs, as a smoke test. `custom`: the user gave seeds or a duration. */
  readonly extent: Reproduction["extent"];
  /** At least one. */
  readonly seeds: readonly number[];
  /** undefined: the default of this reproduction. */
  readonly durationMs: number | undefined;
}

/** Everything that comparisons run with. */
export interface Bench {
  readonly workbench: Workbench<Library>;
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
  /** Number of concurrent comparisons. Has no effect on results. */
  readonly comparisonsAtOnce: number;
  /** Called when a comparison ends. */
  ended(): void;
}
