/** Deadlines of tasks, relative to the nominal release of their (root) frame. */
import { type Arrival, type Dependency, periodOf } from "../core/scenario.ts";
import { type Dependencies, rootsOf } from "./dependencies.ts";
import { type ScenarioContext, soundField, soundRate } from "./scenario-context.ts";

type Releases = readonly (Arrival | Dependency | undefined)[];

/** The task's own deadline, else a period of its own rate, else its root's (the least of several). Infinity: none. */
export function deadlineOf(
  context: ScenarioContext,
  dependencies: Dependencies,
  releases: Releases,
  task: number,
): number {
  const own = ownDeadline(context, releases, task);
  if (own !== undefined) return own;
  const roots = rootsOf(dependencies, task);
  if (roots === undefined || releases[task]?.kind !== "after") return Infinity;
  const ofRoots = roots.map((root) => ownDeadline(context, releases, root));
  if (roots.some((root, i) => ofRoots[i] === undefined && hasRowDeadlines(releases[root])))
    needDeadline(context, task, "each job of its root has a deadline of its own");
  return Math.min(...ofRoots.map((deadline) => deadline ?? Infinity));
}

/** Whether a deadline is the (first) root's period, so that it follows when a phase changes that rate. */
export function deadlineIsPeriod(
  context: ScenarioContext,
  dependencies: Dependencies,
  releases: Releases,
  task: number,
): boolean {
  const takesRoots = releases[task]?.kind === "after" && ownDeadline(context, releases, task) === undefined;
  const source = takesRoots ? rootsOf(dependencies, task)?.[0] : task;
  if (source === undefined || releases[source]?.kind !== "periodic") return false;
  return soundField(context, source, "deadlineMs") === undefined;
}

/** Undefined if the task takes its root's deadline, if rows of a trace state it, or after a problem. */
function ownDeadline(context: ScenarioContext, releases: Releases, task: number): number | undefined {
  const deadlineMs = soundField(context, task, "deadlineMs");
  if (deadlineMs !== undefined) return deadlineMs === "none" ? Infinity : deadlineMs * 1e6;
  const rate = soundRate(context, task);
  if (rate !== undefined) return periodOf(rate);
  const release = releases[task];
  if (release?.kind === "poisson") return release.periodNs ?? 1e9 / release.ratePerS;
  const isSaid = context.scenario.tasks[task]?.deadlineMs !== undefined || hasRowDeadlines(release);
  if (release !== undefined && hasNoPeriod(release) && !isSaid) needDeadline(context, task, "it has no period");
  return undefined;
}

const hasNoPeriod = ({ kind }: Arrival | Dependency): boolean =>
  kind === "one-shot" || kind === "trace" || kind === "closed";

/** Whether every release of a trace has its own deadline. */
const hasRowDeadlines = (release: Arrival | Dependency | undefined): boolean =>
  release?.kind === "trace" && release.releases.every(({ deadlineNs }) => deadlineNs !== undefined);

function needDeadline({ scenario, report }: ScenarioContext, task: number, why: string): void {
  const { id } = scenario.tasks[task]!;
  report.problem(["tasks", task], "MISSING_KEY", `task ${id} needs "deadlineMs" (a number or none): ${why}`);
}
