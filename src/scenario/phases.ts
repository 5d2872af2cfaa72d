/** Phases: changes of tasks over time. */
import { isSameRate } from "../core/phases.ts";
import { type Phase, type PhaseChange, periodOf, type Rate } from "../core/scenario.ts";
import { didYouMean } from "../input/closest.ts";
import { reportTwins } from "../input/key-checks.ts";
import type { Path } from "../input/parsed-file.ts";
import { quote } from "../input/quote.ts";
import { isOn, onOrOff } from "../input/switch-value.ts";
import { type Dependencies, rootsOf } from "./dependencies.ts";
import { nsFromMs } from "./ns-from-ms.ts";
import { checkOneRate, rateIn, rateKey } from "./rate.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { ChangeFile, PhaseFile, TaskFile } from "./scenario-file.ts";

/** By start, then file order. */
export function phasesOf(context: ScenarioContext, dependencies: Dependencies): Phase[] {
  const { scenario } = context;
  if (!Array.isArray(scenario.phases)) return [];
  const files = scenario.phases as readonly PhaseFile[];
  const phases = files
    .map((phase, i) => phaseOf(context, dependencies, phase, i))
    .filter((phase) => phase !== undefined);
  reportTwins(files, "name", "phase", context.report.within(["phases"]));
  checkJoins(context, dependencies, files);
  return phases.sort((a, b) => a.startNs - b.startNs);
}

function phaseOf(
  context: ScenarioContext,
  dependencies: Dependencies,
  phase: PhaseFile,
  phaseIndex: number,
): Phase | undefined {
  const { report, scenario } = context;
  const place = ["phases", phaseIndex];
  if (typeof phase?.tasks !== "object" || phase.tasks === null) return undefined;
  if (report.isSound([...place, "startMs"]) && report.isSound(["durationMs"]) && phase.startMs >= scenario.durationMs)
    report.warning(
      [...place, "startMs"],
      "NO_EFFECT",
      `this phase starts after the scenario's ${scenario.durationMs} ms`,
    );
  const changes = Object.entries(phase.tasks).flatMap(
    ([id, change]) => changeOf(context, dependencies, id, change, phaseIndex) ?? [],
  );
  return { name: phase.name, startNs: nsFromMs(phase.startMs), changes };
}

function changeOf(
  context: ScenarioContext,
  dependencies: Dependencies,
  id: string,
  change: ChangeFile,
  phaseIndex: number,
): PhaseChange | undefined {
  const { report, indexOf } = context;
  const place = ["phases", phaseIndex, "tasks", id];
  const taskIndex = indexOf.get(id);
  if (taskIndex === undefined)
    report.problem(place, "UNKNOWN_NAME", `unknown task ${quote(id)}${didYouMean(id, indexOf.keys())}`, "key");
  if (taskIndex === undefined || !report.isSound(place)) return undefined;
  checkChange(context, change, taskIndex, place);
  checkLoop(context, dependencies, taskIndex, place);
  const { enabled, probability } = change;
  return {
    taskIndex,
    ...(enabled !== undefined && { isEnabled: isOn(enabled) }),
    ...changedRate(change),
    ...(probability !== undefined && { probability }),
  };
}

/** Jobs a second of Poisson arrivals are frames a second. */
const changedRate = (change: ChangeFile): Rate | undefined =>
  change.ratePerS === undefined ? rateIn(change) : { fps: change.ratePerS };

/** The frames of a closed loop belong to no time that is known before the run. */
function checkLoop(
  { report, scenario }: ScenarioContext,
  dependencies: Dependencies,
  taskIndex: number,
  place: Path,
): void {
  const { id, after } = scenario.tasks[taskIndex]!;
  const loop = rootsOf(dependencies, taskIndex)?.find((root) => scenario.tasks[root]?.arrival?.kind === "closed");
  if (after === undefined || loop === undefined) return;
  const message = `${id} waits for the closed loop ${scenario.tasks[loop]!.id}; a phase can switch that one on and off only`;
  report.problem(place, "UNSUPPORTED", message, "key");
}

function checkChange(context: ScenarioContext, change: ChangeFile, taskIndex: number, place: Path): void {
  const { report, scenario } = context;
  const task = scenario.tasks[taskIndex]!;
  const rate = rateIn(change);
  checkOneRate(change, report.within(place));
  checkRate(context, change, task, place);
  if (change.probability !== undefined && task.after === undefined)
    report.problem([...place, "probability"], "NO_EFFECT", `${task.id} does not depend on another task`, "key");
  const jitterMs = report.isSound(["tasks", taskIndex, "jitterMs"]) ? (task.jitterMs ?? 0) : 0;
  if (rate !== undefined && jitterMs > periodOf(rate) / 1e6 + 5e-7)
    report.problem(
      [...place, rateKey(change)],
      "TOO_BIG",
      `a period of ${task.id} would be shorter than its jitterMs (${jitterMs})`,
    );
}

function checkRate({ report, scenario }: ScenarioContext, change: ChangeFile, task: TaskFile, place: Path): void {
  const { periodMs, ratePerS } = change;
  const key = ratePerS === undefined ? rateKey(change) : "ratePerS";
  if (rateIn(change) === undefined && ratePerS === undefined) return;
  const isFree = task.after === undefined && scenario.replay === undefined;
  const isPoisson = isFree && task.arrival?.kind === "poisson";
  if (!isPoisson && !(isFree && rateIn(task) !== undefined))
    report.problem([...place, key], "NO_EFFECT", `${task.id} has no rate that a phase could change`, "key");
  else if (isPoisson ? key === "fps" : key === "ratePerS")
    report.problem(
      [...place, key],
      "NO_EFFECT",
      `${task.id} has no ${key}; write ${isPoisson ? "ratePerS" : "fps"}`,
      "key",
    );
  else if (ratePerS !== undefined && periodMs !== undefined)
    report.problem([...place, "periodMs"], "KEYS_EXCLUDE", "give ratePerS or periodMs, not both", "key");
}

/** Roots whose frames a task joins must change together, so that frame k stays one instant. */
function checkJoins(
  { report, scenario }: ScenarioContext,
  dependencies: Dependencies,
  phases: readonly PhaseFile[],
): void {
  for (const [task, parents] of dependencies.entries()) {
    const roots = (parents?.length ?? 0) > 1 ? (rootsOf(dependencies, task) ?? []) : [];
    for (const [i, phase] of phases.entries()) {
      const changed = roots.map((root) => phase?.tasks?.[scenario.tasks[root]!.id]);
      const differs = changed.some((change) => !changesAlike(change, changed[0]));
      if (!differs || !report.isSound(["phases", i])) continue;
      const names = roots.map((root) => scenario.tasks[root]!.id).join(" and ");
      report.problem(
        ["phases", i, "tasks"],
        "DIFFERENT_RATES",
        `${names} must change together: ${scenario.tasks[task]!.id} joins their frames`,
        "key",
      );
    }
  }
}

function changesAlike(a: ChangeFile | undefined, b: ChangeFile | undefined): boolean {
  const [rateA, rateB] = [changedRate(a ?? {}), changedRate(b ?? {})];
  const isRateAlike = rateA === undefined || rateB === undefined ? rateA === rateB : isSameRate(rateA, rateB);
  return isRateAlike && switchedTo(a) === switchedTo(b);
}

const switchedTo = (change: ChangeFile | undefined): "on" | "off" | undefined =>
  change?.enabled === undefined ? undefined : onOrOff(change.enabled);
