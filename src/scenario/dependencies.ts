/** Dependencies between tasks: names, cycles, roots, and joins whose frames must match. */
import { isSameRate } from "../core/phases.ts";
import { periodOf, type Rate } from "../core/scenario.ts";
import { didYouMean } from "../input/closest.ts";
import { hasOneOf } from "../input/key-checks.ts";
import type { Path } from "../input/parsed-file.ts";
import { quote } from "../input/quote.ts";
import { rateIn, rateKey, rateText } from "./rate.ts";
import { type ScenarioContext, soundField, soundRate } from "./scenario-context.ts";
import type { AfterFile } from "./scenario-file.ts";

/** By task: indexes of the tasks that it waits for; empty for a root, undefined after a problem. */
export type Dependencies = readonly (readonly number[] | undefined)[];

export function dependenciesOf(context: ScenarioContext): Dependencies {
  const parents = context.scenario.tasks.map((_, i) => parentsOf(context, i));
  const inCycle = reportCycles(context, parents);
  return parents.map((indexes, i) => (inCycle.has(i) ? undefined : indexes));
}

export function checkDependencies(context: ScenarioContext, dependencies: Dependencies): void {
  for (const [i, parents] of dependencies.entries())
    if (parents !== undefined && parents.length > 0) {
      if (parents.length > 1) checkJoin(context, dependencies, i);
      checkRate(context, dependencies, i);
    }
}

/** Root tasks above a task (itself if it is a root); undefined if a problem above hides them. */
export function rootsOf(dependencies: Dependencies, taskIndex: number): readonly number[] | undefined {
  const roots = new Set<number>();
  const seen = new Set<number>();
  const waiting = [taskIndex];
  for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
    if (seen.has(task)) continue;
    seen.add(task);
    const parents = dependencies[task];
    if (parents === undefined) return undefined;
    if (parents.length === 0) roots.add(task);
    waiting.push(...parents);
  }
  return [...roots].sort((a, b) => a - b);
}

/** The names of parents, with their paths. */
function namesIn(after: string | AfterFile): readonly (readonly [path: Path, name: string])[] {
  if (typeof after === "string") return [[["after"], after]];
  if (after.task !== undefined) return [[["after", "task"], after.task]];
  return (after.tasks ?? []).map((name, i) => [["after", "tasks", i], name] as const);
}

function parentsOf(context: ScenarioContext, taskIndex: number): readonly number[] | undefined {
  const { scenario, report, indexOf } = context;
  if (typeof scenario.tasks[taskIndex] !== "object" || scenario.tasks[taskIndex]?.after === undefined) return [];
  const after = soundField(context, taskIndex, "after");
  if (after === undefined) return undefined;
  const place = ["tasks", taskIndex];
  const isNamed =
    typeof after === "string" || hasOneOf(after, ["task", "tasks"], "after", report.within([...place, "after"]));
  if (!isNamed) return undefined;
  const parents: number[] = [];
  for (const [path, name] of namesIn(after)) {
    const parent = indexOf.get(name);
    if (parent === undefined)
      report.problem(
        [...place, ...path],
        "UNKNOWN_NAME",
        `unknown task ${quote(name)}${didYouMean(name, indexOf.keys())}`,
      );
    else if (parents.includes(parent))
      report.problem([...place, ...path], "DUPLICATE_ID", `task "${name}" is already named above`);
    else parents.push(parent);
  }
  return parents.length === namesIn(after).length ? parents : undefined;
}

/** Reports each cycle once, at its first task, and returns all tasks that are on one. */
function reportCycles({ scenario, report }: ScenarioContext, parents: Dependencies): ReadonlySet<number> {
  const inCycle = new Set<number>();
  const done = new Set<number>();
  for (const start of parents.keys()) {
    for (const cycle of cyclesFrom(start, parents, done)) {
      for (const task of cycle) inCycle.add(task);
      const first = Math.min(...cycle);
      const turned = [...cycle.slice(cycle.indexOf(first)), ...cycle.slice(0, cycle.indexOf(first)), first];
      const names = turned.map((task) => scenario.tasks[task]!.id).join(" waits for ");
      report.problem(["tasks", first, "after"], "CYCLE", `tasks wait for each other: ${names}`);
    }
  }
  return inCycle;
}

/** Cycles on a depth-first walk along `after`, without recursion because chains may be long. */
function cyclesFrom(start: number, parents: Dependencies, done: Set<number>): number[][] {
  const cycles: number[][] = [];
  const path = [{ task: start, next: 0 }];
  while (path.length > 0) {
    const top = path.at(-1)!;
    const parent = done.has(top.task) ? undefined : parents[top.task]?.[top.next];
    top.next += 1;
    if (parent === undefined) {
      done.add(top.task);
      path.pop();
      continue;
    }
    const at = path.findIndex(({ task }) => task === parent);
    if (at >= 0) cycles.push(path.slice(at).map(({ task }) => task));
    else path.push({ task: parent, next: 0 });
  }
  return cycles;
}

/** Frame k of every parent must belong to the same instant, so the roots are one task or have one rate. */
function checkJoin(context: ScenarioContext, dependencies: Dependencies, taskIndex: number): void {
  const roots = rootsOf(dependencies, taskIndex);
  if (roots === undefined || roots.length < 2) return;
  const { scenario, report } = context;
  const rates = roots.map((root) => rateOf(context, root));
  const hasBroken = roots.some((root) => !report.isSound(["tasks", root]));
  const [first] = rates;
  if (hasBroken || (first !== undefined && rates.every((rate) => rate !== undefined && isSameRate(rate, first))))
    return;
  const shown = roots.map(
    (root, i) => `${scenario.tasks[root]!.id} (${rates[i] === undefined ? "no rate" : rateText(rates[i])})`,
  );
  const message = `parents of a task must have the same root or roots of one rate, got ${shown.join(" and ")}; "reads" in place of "after" takes the newest output of each`;
  report.problem(["tasks", taskIndex, "after"], "DIFFERENT_RATES", message);
}

/** A rate that is not the roots' looks like one of the task's own, and is only a deadline. */
function checkRate(context: ScenarioContext, dependencies: Dependencies, taskIndex: number): void {
  const rate = soundRate(context, taskIndex);
  const roots = rootsOf(dependencies, taskIndex);
  if (rate === undefined || roots === undefined) return;
  const isRoots = (of: Rate | undefined) => of !== undefined && isSameRate(of, rate);
  if (roots.every((root) => isRoots(rateOf(context, root)))) return;
  const { tasks } = context.scenario;
  const { id, fps, periodMs, deadlineMs } = tasks[taskIndex]!;
  const key = rateKey({ periodMs });
  const comes = `${id} comes with the jobs of ${roots.map((root) => rootText(context, root)).join(" and ")}`;
  const only =
    deadlineMs === undefined
      ? `it only sets the deadline, as deadlineMs: ${Number((periodOf(rate) / 1e6).toFixed(6))} would`
      : "with a deadlineMs it does nothing";
  context.report.warning(
    ["tasks", taskIndex, key],
    "NO_EFFECT",
    `${key}: ${periodMs ?? fps} is no rate here: ${comes}, and ${only}; for a rate of its own, give it "reads" instead of "after"`,
    "key",
  );
}

function rootText(context: ScenarioContext, root: number): string {
  const { id } = context.scenario.tasks[root]!;
  const rate = rateOf(context, root);
  return rate === undefined ? id : `${id} (${rateText(rate)})`;
}

/** Rate of a root that releases periodically. */
const rateOf = ({ scenario }: ScenarioContext, task: number): Rate | undefined =>
  scenario.replay === undefined ? rateIn(scenario.tasks[task] ?? {}) : undefined;
