/** What a paper's reproduction is: a file here with a `Paper`, and a line in `papers.ts`. */
import type { PointExecutor } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import type { Reproduction } from "../../records/reproduction.ts";
import type { Workbench } from "../../run/workbench.ts";

export interface Paper {
  /** As the command line and the results files name it. */
  readonly name: string;
  readonly title: string;
  /** How many, by default. */
  readonly seeds: number;
  /** Whether a shorter duration makes sense for its workload. */
  readonly hasDuration: boolean;
  /** How many comparisons it is made of. */
  comparisons(settings: ReproduceSettings, library: Library): number;
  /** Rejects with what stopped it: half a comparison is none. */
  reproduce(settings: ReproduceSettings, bench: Bench): Promise<Reproduction>;
}

export interface ReproduceSettings {
  /** `quick`: fewer systems and shorter runs, to see that all works. `custom`: seeds or duration given by the user. */
  readonly extent: Reproduction["extent"];
  /** At least one. */
  readonly seeds: readonly number[];
  /** undefined: the paper's default here. */
  readonly durationMs: number | undefined;
}

/** What runs are made with. */
export interface Bench {
  readonly workbench: Workbench<Library>;
  readonly executor: PointExecutor;
  readonly signal: AbortSignal;
  /** How many comparisons go on at once; makes no difference to what comes out. */
  readonly comparisonsAtOnce: number;
  /** Told of each comparison that is over. */
  ended(): void;
}
