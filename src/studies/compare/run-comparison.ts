/** Runs what a comparison needs, seed by seed, so that what is finished is paired. */

import type { PointExecutor } from "../../executors/point.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import { prepare } from "../../run/prepare.ts";
import { runOnce } from "../../run/run-once.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { Around } from "../runs/run-all.ts";
import { Board, type RanComparison } from "./board.ts";
import type { ComparisonPlan } from "./plan.ts";
import { SeedPoints } from "./seed-points.ts";

export type { RanComparison } from "./board.ts";

export interface ComparisonOptions {
  /** Left out: everything runs in this thread. */
  readonly threads?: Threads | undefined;
  /** Seeds to go on with once all are finished, asked for again and again; none: it is enough. */
  readonly moreSeeds?: ((ran: RanComparison) => readonly number[]) | undefined;
}

export interface Threads {
  /** They are started where what is left to do would take this thread longer. */
  readonly fromMs: number;
  start(): Promise<PointExecutor>;
  readonly untilInterrupted: (work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
}

/** The first seed always runs in this thread, through `around`: it shows who cannot run, and how long a seed takes. */
export async function runComparison(
  plan: ComparisonPlan,
  workbench: Workbench<Library>,
  around: Around,
  { threads, moreSeeds }: ComparisonOptions = {},
): Promise<RanComparison> {
  const board = new Board(plan);
  const crew = threads && new Crew(threads);
  const here = (seed: number, seedIndex: number) => runSeed(plan, board, { seed, seedIndex }, workbench, around);
  try {
    for (let seeds = plan.settings.seeds; seeds.length > 0; seeds = moreSeeds?.(board.finished(undefined)) ?? []) {
      const firstIndex = board.addSeeds(seeds);
      for (let i = 0; i < seeds.length; i += 1) {
        if (await crew?.takes(seeds.length - i)) {
          await crew!.run(new SeedPoints(plan, board, seeds.slice(i), firstIndex + i));
          break;
        }
        const startMs = performance.now();
        await here(seeds[i]!, firstIndex + i);
        crew?.noteSeed(performance.now() - startMs);
      }
    }
  } catch (error) {
    return board.finished({ error });
  } finally {
    await crew?.close();
  }
  return board.finished(undefined);
}

async function runSeed(
  plan: ComparisonPlan,
  board: Board,
  { seed, seedIndex }: { readonly seed: number; readonly seedIndex: number },
  workbench: Workbench<Library>,
  around: Around,
): Promise<void> {
  for (const [caseIndex, planned] of plan.cases.entries()) {
    for (const [contenderIndex, contender] of plan.contenders.entries()) {
      const setup = await prepare(planned.request(seed, contender), workbench);
      if (board.isAbsent(contender)) continue;
      try {
        board.put({ seedIndex, caseIndex, contenderIndex }, around(() => runOnce(setup)).result);
      } catch (error) {
        if (!(error instanceof RequestError) || contender.presence === "asked") throw error;
        board.leaveOut(contender, error.message);
      }
    }
  }
}

/** Threads that take over once a seed has shown that they pay. */
class Crew {
  readonly #threads: Threads;
  #seedMs: number | undefined;
  #executor: PointExecutor | undefined;

  constructor(threads: Threads) {
    this.#threads = threads;
  }

  noteSeed(ms: number): void {
    this.#seedMs = ms;
  }

  /** Whether it takes over so many seeds; starts threads where there are none yet. */
  async takes(seeds: number): Promise<boolean> {
    if (this.#executor !== undefined) return true;
    if (this.#seedMs === undefined || this.#seedMs * seeds < this.#threads.fromMs) return false;
    this.#executor = await this.#threads.start();
    return true;
  }

  /** Throws what stops the comparison. */
  async run(points: SeedPoints): Promise<void> {
    let stopped: Error | undefined;
    try {
      await this.#threads.untilInterrupted(async (signal) => {
        do await this.#executor!.run(points, (outcome) => points.ended(outcome), signal);
        while (points.hasGaps());
      });
    } finally {
      stopped = points.settle();
    }
    if (stopped !== undefined) throw stopped;
  }

  async close(): Promise<void> {
    await this.#executor?.close();
  }
}
