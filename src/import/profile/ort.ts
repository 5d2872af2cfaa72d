/** Reads the JSON trace that ONNX Runtime writes with profiling enabled. */

import { isMapping, type Mapping } from "../../input/mapping.ts";
import type { LeftOut } from "../imported.ts";
import type { JsonProfile } from "./json-values.ts";
import { layersOfRuns, type RunStep } from "./layers-of-runs.ts";
import { type OrtRun, runsOf, type TraceEvent } from "./ort-runs.ts";
import { leftIf, msText, NS_PER_US, noRunLeft, type Profile, type ReadOptions, slowFirstRun } from "./profile.ts";

/** Whether a list is a trace: traces of other tools have other categories. */
export const isOrtTrace = (list: readonly unknown[]): boolean =>
  list.some((each) => isMapping(each) && (each.cat === "Node" || each.cat === "Session") && "dur" in each);

const suffix = "_kernel_time";

/** Each node is a layer; its times in all runs are a distribution. */
export function readOrt(file: string, list: readonly unknown[], json: JsonProfile, options: ReadOptions): Profile {
  const nodes = eventsOf(list, json, "Node");
  const kernels = nodes.filter(({ name }) => name.endsWith(suffix));
  const sessions = eventsOf(list, json, "Session").filter(({ name }) => name === "model_run");
  const { runs, inner, branches, stray } = runsOf(kernels, sessions);
  const withNodes = runs.filter((run) => run.nodes.length > 0);
  const kept = withNodes.slice(options.warmup ?? 0);
  if (kept.length === 0) json.report([], "PROFILE_SYNTAX", noRuns(kernels.length, withNodes.length, options));
  const { layers, partial } = layersOfRuns(kept.map((run) => run.nodes.map(stepOf)));
  return {
    file,
    format: "ort",
    layers,
    runs: kept.length,
    remarks: runRemarks(kept),
    hints: slowFirstRun(kept.map(sumUs)),
    left: [
      ...leftIf(withNodes.length - kept.length, "run", "warm-up (--warmup)"),
      ...leftIf(inner.length, "node in the body of a Loop or Scan", "the loop has its time"),
      ...leftIf(branches.length, "If node", "the nodes of its branch are layers themselves"),
      ...leftIf(stray.length, "node outside of every run", "no model_run contains it"),
      ...leftIf(partial, "node that ran in some runs only", "it is a layer; where it did not run, it took 0 ms"),
      ...leftIf(nodes.length - kernels.length, "event before or after a node", "it is no time of the node itself"),
      ...leftIf(
        countOf(list, "Kernel"),
        "kernel event of a device",
        "the times are those of nodes, as the host saw them",
      ),
      ...leftIf(countOf(list, "Session") - sessions.length, "event of the session", "it is no layer"),
      ...betweenNodes(kept),
    ],
  };
}

const noRuns = (kernels: number, runs: number, { warmup = 0 }: ReadOptions): string =>
  kernels === 0
    ? `no event is called …${suffix}; was profiling enabled when the session was made?`
    : noRunLeft(runs, warmup);

const countOf = (list: readonly unknown[], category: string): number =>
  list.filter((each) => isMapping(each) && each.cat === category).length;

function eventsOf(list: readonly unknown[], json: JsonProfile, category: string): readonly TraceEvent[] {
  return list.flatMap((each, index) => (isMapping(each) && each.cat === category ? eventOf(each, index, json) : []));
}

function eventOf(event: Mapping, index: number, json: JsonProfile): readonly TraceEvent[] {
  const name = json.text(event, "name", [index]);
  const durationUs = json.required(event, "dur", [index]);
  const startUs = json.amount(event, "ts", [index]) ?? index;
  if (name === undefined || durationUs === undefined) return [];
  const details = isMapping(event.args) ? event.args : {};
  const thread = `${event.pid}/${event.tid}`;
  const provider = typeof details.provider === "string" && details.provider !== "" ? details.provider : undefined;
  return [{ name, durationUs, startUs, thread, operator: String(details.op_name ?? ""), provider, index }];
}

/** A node as a layer of its run. */
function stepOf({ name, operator, provider, durationUs }: TraceEvent): RunStep {
  const own = name.slice(0, -suffix.length);
  return {
    name: own === "" ? operator || "node" : own,
    durationNs: durationUs * NS_PER_US,
    ...(provider === undefined ? {} : { accelerator: unitOf(provider) }),
  };
}

const sumUs = ({ nodes }: OrtRun): number => nodes.reduce((sum, { durationUs }) => sum + durationUs, 0);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const wholeUs = (runs: readonly OrtRun[]): readonly number[] => runs.flatMap(({ durationUs }) => durationUs ?? []);

function runRemarks(runs: readonly OrtRun[]): readonly string[] {
  const whole = wholeUs(runs);
  return whole.length === 0 ? [] : [`${whole.length} runs: mean ${msText(mean(whole) * NS_PER_US)} each`];
}

/** What a run takes besides its nodes; or the time that parallel nodes save. */
function betweenNodes(runs: readonly OrtRun[]): readonly LeftOut[] {
  const whole = wholeUs(runs);
  if (whole.length < runs.length || runs.length === 0) return [];
  const [wholeNs, nodesNs] = [mean(whole) * NS_PER_US, mean(runs.map(sumUs)) * NS_PER_US];
  const times = `a run takes ${msText(wholeNs)}, its nodes ${msText(nodesNs)}`;
  if (nodesNs > 1.001 * wholeNs)
    return leftIf(1, "overlap of parallel nodes", `layers run one after another, and ${times}`);
  return wholeNs - nodesNs < 0.001 * wholeNs ? [] : leftIf(1, "time between nodes", times);
}

/** XNNPACK is the CPU as well. */
function unitOf(provider: string): string {
  const name = provider.replace(/ExecutionProvider$/, "");
  return /^xnnpack$/i.test(name) ? "CPU" : name;
}
