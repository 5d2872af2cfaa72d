/** Runs the searches, finds the ceiling of each case, and makes the record. */
import { loadSolver } from "../../analysis/solver/index.ts";
import type { Library } from "../../files/library.ts";
import type { Capacity, CapacityCeiling } from "../../records/capacity.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type CaseFacts, capacityOf } from "./capacity-of.ts";
import { CaseLoad } from "./case-load.ts";
import { findCeiling } from "./ceiling.ts";
import { holds } from "./curve.ts";
import type { CapacityCase, CapacityPlan } from "./plan.ts";
import { type Running, runCapacity, type SearchOutcome } from "./run-capacity.ts";

export interface FoundCapacity {
  readonly capacity: Capacity;
  /** Schedulers that the user did not name and that cannot run on a system, with the reason. */
  readonly absent: readonly { readonly label: string; readonly reason: string }[];
  /** Searches of present schedulers that ended because a point failed. */
  readonly failed: readonly SearchOutcome[];
}

export async function findCapacity(
  plan: CapacityPlan,
  running: Running,
  workbench: Workbench<Library>,
): Promise<FoundCapacity> {
  // First: without it nothing should run.
  const solver = await loadSolver();
  const all = await runCapacity(plan, running);
  const refused = all.filter(isRefused);
  const searches = all.filter(({ scheduler }) => !refused.some((each) => each.scheduler === scheduler));
  const facts = new Map<CapacityCase, CaseFacts>();
  for (const loadCase of plan.cases) {
    const load = new CaseLoad(loadCase, plan.schedulers[0]!, workbench, solver);
    const own = searches.filter((each) => each.loadCase === loadCase);
    facts.set(loadCase, { load, ceiling: await ceilingOf(plan, load, own, running.signal) });
  }
  const reasons = new Map(refused.map(({ scheduler, stopped }) => [scheduler.label, messageOf(stopped)]));
  return {
    capacity: capacityOf(plan, searches, facts),
    absent: [...reasons].map(([label, reason]) => ({ label, reason })),
    failed: searches.filter(({ stopped }) => stopped?.kind === "failed"),
  };
}

/** Whether a built-in scheduler that the user did not name does not support the system. */
const isRefused = ({ scheduler, stopped }: SearchOutcome): boolean =>
  scheduler.presence === "default" && stopped?.kind === "failed" && stopped.failure.kind === "input";

const messageOf = (stopped: SearchOutcome["stopped"]): string =>
  stopped?.kind === "failed" ? stopped.failure.message : "";

/** Also undefined after an interruption, so that the finished part is reported at once. */
async function ceilingOf(
  { grid, settings }: CapacityPlan,
  load: CaseLoad,
  searches: readonly SearchOutcome[],
  signal: AbortSignal,
): Promise<CapacityCeiling | undefined> {
  const from = Math.max(...searches.map(({ curve }) => curve.last(holds) ?? -Infinity));
  try {
    signal.throwIfAborted();
    return await findCeiling(grid, load, settings, { from: Number.isFinite(from) ? from : 0, signal });
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
