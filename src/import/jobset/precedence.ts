/** Which jobs can wait for others in a scenario, and which keep their own release. */
import type { LeftOuts } from "../left-out.ts";
import type { Reporter } from "../reporter.ts";
import { type Edge, type Job, keyOf } from "./job.ts";

export interface OrderedJob {
  readonly job: Job;
  /** Jobs whose end releases it; none: it has its own release. */
  readonly parents: readonly OrderedJob[];
  /** The job at the start of its chain, maybe itself. */
  readonly root: Job;
  /** No earlier than this can it end. */
  readonly earliestEnd: number;
}

/** An edge with the jobs that it names. */
interface JobEdge {
  readonly edge: Edge;
  readonly from: Job;
  readonly to: Job;
}

/** In an order in which parents come first. Undefined after a problem. */
export function orderJobs(
  jobs: readonly Job[],
  edges: readonly JobEdge[],
  file: string,
  left: LeftOuts,
  reporter: Reporter,
): readonly OrderedJob[] | undefined {
  const before = new Map(jobs.map((job) => [job, edges.filter(({ to }) => to === job)]));
  const ordered = new Map<Job, OrderedJob>();
  for (let waiting = jobs; waiting.length > 0; ) {
    const ready = waiting.filter((job) => before.get(job)!.every(({ from }) => ordered.has(from)));
    if (ready.length === 0) {
      const { edge, to } = before.get(waiting[0]!)!.find(({ from }) => !ordered.has(from))!;
      reporter.report(edge.at, "CYCLE", `job ${to.id} of task ${to.task} waits for itself`);
      return undefined;
    }
    for (const job of ready) ordered.set(job, orderedJob(job, before.get(job)!, ordered, file, left));
    const readySet = new Set(ready);
    waiting = waiting.filter((job) => !readySet.has(job));
  }
  return [...ordered.values()];
}

function orderedJob(
  job: Job,
  edges: readonly JobEdge[],
  ordered: ReadonlyMap<Job, OrderedJob>,
  file: string,
  left: LeftOuts,
): OrderedJob {
  const parents = [...new Set(edges.map(({ from }) => ordered.get(from)!))];
  const latestParent = Math.max(0, ...parents.map(({ earliestEnd }) => earliestEnd));
  const earliestEnd = Math.max(job.earliest, latestParent) + job.leastCost;
  const own: OrderedJob = { job, parents: [], root: job, earliestEnd };
  const [parent] = parents;
  if (parent === undefined) return own;
  // A dependent job is released by its parents alone, so its own arrival may not come after their end.
  const arrivesLater = job.latest > latestParent;
  if (!arrivesLater && parents.every(({ root }) => root === parent.root)) return { ...own, parents, root: parent.root };
  const why = arrivesLater
    ? "the job may arrive after the end of those that it waits for; rtmm releases it when it arrives"
    : "the job waits for jobs of several releases; rtmm releases it when it arrives";
  for (const { edge } of edges) left.add("precedence", why, file, edge.at);
  return own;
}

/** Pairs the edges with their jobs; unknown ones are problems. */
export function jobEdges(jobs: readonly Job[], edges: readonly Edge[], reporter: Reporter): readonly JobEdge[] {
  const byKey = new Map(jobs.map((job) => [keyOf(job), job]));
  return edges.flatMap((edge) => {
    const [from, to] = [byKey.get(keyOf(edge.from)), byKey.get(keyOf(edge.to))];
    if (from !== undefined && to !== undefined) return [{ edge, from, to }];
    const { task, id } = from === undefined ? edge.from : edge.to;
    reporter.report(edge.at, "UNKNOWN_NAME", `there is no job ${id} of task ${task}`);
    return [];
  });
}
