/** The runs of an ONNX Runtime trace: which node ran when, and in which run. */

import { countUpTo, endOf, type Span } from "./spans.ts";

/** A complete event of the trace. */
export interface TraceEvent extends Span {
  readonly name: string;
  readonly thread: string;
  readonly operator: string;
  readonly provider: string | undefined;
  /** In the file, for problems. */
  readonly index: number;
}

export interface OrtRun {
  /** In the order of their starts, without those inside control flow. */
  readonly nodes: readonly TraceEvent[];
  /** Undefined if the trace does not have it. */
  readonly durationUs: number | undefined;
}

export interface OrtRuns {
  readonly runs: readonly OrtRun[];
  /** Nodes in the body of a Loop or Scan, which has their time. */
  readonly inner: readonly TraceEvent[];
  /** Each If whose branch's nodes are layers themselves. */
  readonly branches: readonly TraceEvent[];
  /** Nodes that ran outside of every run. */
  readonly stray: readonly TraceEvent[];
}

export function runsOf(nodes: readonly TraceEvent[], sessions: readonly TraceEvent[]): OrtRuns {
  const { outer, inner, branches } = withoutNesting(nodes);
  if (sessions.length === 0) {
    const runs = byOccurrence(outer).map((own) => ({ nodes: own, durationUs: undefined }));
    return { runs, inner, branches, stray: [] };
  }
  const sorted = [...sessions].sort((a, b) => a.startUs - b.startUs);
  const own = new Map<TraceEvent | undefined, TraceEvent[]>([undefined, ...sorted].map((run) => [run, []]));
  for (const node of outer) own.get(runAround(node, sorted))!.push(node);
  return {
    runs: sorted.map((run) => ({ nodes: inTime(own.get(run)!), durationUs: run.durationUs })),
    inner,
    branches,
    stray: own.get(undefined)!,
  };
}

const isAround = (outer: TraceEvent, event: TraceEvent): boolean =>
  outer.startUs <= event.startUs && endOf(event) <= endOf(outer);

/** Runs may overlap if several threads start them. Then the thread decides, or else the latest start. */
function runAround(node: TraceEvent, runs: readonly TraceEvent[]): TraceEvent | undefined {
  const around = runs.slice(0, countUpTo(node.startUs, runs)).filter((run) => isAround(run, node));
  return around.findLast(({ thread }) => thread === node.thread) ?? around.at(-1);
}

/**
 * Times are whole us, so neighbours seem to nest; only control flow really contains nodes. A branch runs once, so its
 * nodes are layers; the body of a loop runs any number of times, so the loop is one.
 */
function withoutNesting(nodes: readonly TraceEvent[]): Record<"outer" | "inner" | "branches", readonly TraceEvent[]> {
  const loops = nodes.filter(({ operator }) => operator === "Loop" || operator === "Scan");
  const inner = new Set(nodes.filter((node) => loops.some((loop) => contains(loop, node))));
  const rest = nodes.filter((node) => !inner.has(node));
  const branches = new Set(
    rest.filter((node) => node.operator === "If" && rest.some((other) => contains(node, other))),
  );
  return { outer: rest.filter((node) => !branches.has(node)), inner: [...inner], branches: [...branches] };
}

const contains = (outer: TraceEvent, node: TraceEvent): boolean =>
  outer !== node &&
  outer.durationUs > 0 &&
  outer.thread === node.thread &&
  isAround(outer, node) &&
  !isSameTime(outer, node);

/** Events are written as they end, so an outer one stands behind those in it. */
const isSameTime = (outer: TraceEvent, node: TraceEvent): boolean =>
  outer.startUs === node.startUs && outer.durationUs === node.durationUs && outer.index < node.index;

const inTime = (nodes: readonly TraceEvent[]): readonly TraceEvent[] =>
  [...nodes].sort((a, b) => a.startUs - b.startUs || endOf(a) - endOf(b) || a.index - b.index);

/** Without events of runs: if every name occurs equally often, each occurrence is a run; else there is one run. */
function byOccurrence(nodes: readonly TraceEvent[]): readonly (readonly TraceEvent[])[] {
  const byName = new Map<string, TraceEvent[]>();
  for (const node of inTime(nodes)) {
    const known = byName.get(node.name);
    if (known === undefined) byName.set(node.name, [node]);
    else known.push(node);
  }
  const counts = new Set([...byName.values()].map((own) => own.length));
  const [count = 0] = counts;
  if (counts.size !== 1) return nodes.length === 0 ? [] : [inTime(nodes)];
  return Array.from({ length: count }, (_, i) => inTime([...byName.values()].map((own) => own[i]!)));
}
