/** Which part of a run a timeline shows: the given one, or a window that is short enough to read. */
import type { Program } from "../core/program.ts";
import { periodOf, type Scenario } from "../core/scenario.ts";
import { RequestError } from "../input/request-error.ts";
import type { TimelineWindow } from "../records/timeline-log.ts";
import { nsFromMs } from "../scenario/ns-from-ms.ts";

/** As users give it; left out: from the start of the run, and as long as the usual window. */
export interface GivenWindow {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** How users name its ends. */
export interface WindowNames {
  readonly from: string;
  readonly to: string;
}

const optionNames: WindowNames = { from: "--from-ms", to: "--to-ms" };

/** From the start and to the end, if left out. Throws RequestError if it is empty or begins after the last release. */
export function givenWindow(
  { fromMs = 0, toMs = Infinity }: GivenWindow,
  { name, durationNs }: Pick<Scenario, "name" | "durationNs">,
  { from, to }: WindowNames = optionNames,
): { readonly fromNs: number; readonly toNs: number } {
  const [fromNs, toNs] = [nsFromMs(fromMs), toMs === Infinity ? Infinity : nsFromMs(toMs)];
  const least = fromMs < toMs ? " by at least 1 ns" : "";
  if (fromNs >= toNs) throw new RequestError(`${from} ${fromMs} must be less than ${to} ${toMs}${least}`);
  if (fromNs < durationNs) return { fromNs, toNs };
  const end = `${name} releases jobs for ${durationNs / 1e6} ms`;
  throw new RequestError(`${from} ${fromMs} is not in the run: ${end}; choose an earlier time`);
}

/** Throws RequestError if the window is empty or begins after the last release. */
export function timelineWindow(given: GivenWindow, program: Program, warmupMs: number): TimelineWindow {
  const lengthNs = usualLengthNs(program);
  if (given.fromMs === undefined && given.toMs === undefined)
    return { kind: "first-miss", startNs: nsFromMs(warmupMs), lengthNs };
  const { fromNs, toNs } = givenWindow(given, program.scenario);
  return { kind: "fixed", fromNs, toNs: given.toMs === undefined ? fromNs + lengthNs : toNs };
}

/** So many periods of the busiest task fit, so that jobs are wide enough to tell them apart. */
const PERIODS = 3;

/** The first of 1, 2, 5, 10, … ns that has room for three usual gaps between jobs of the task that releases most often. */
function usualLengthNs({ scenario, tasks }: Program): number {
  const gaps = tasks.flatMap(({ task, isolatedNs }) => usualGapNs(task.release, scenario.durationNs, isolatedNs[0]!));
  const least = Math.min(...gaps.filter((gap) => gap > 0), scenario.durationNs);
  // Rounded down: three frames of 60 fps fit into 50 ms, however 1e9 / 60 is rounded.
  const roomNs = Math.floor(PERIODS * least);
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, roomNs)));
  return [1, 2, 5, 10].map((step) => step * decade).find((length) => length >= roomNs)!;
}

type Release = Program["scenario"]["tasks"][number]["release"];

/** None for a dependent task: its jobs come with those of its root. */
function usualGapNs(release: Release, durationNs: number, isolatedNs: number): readonly number[] {
  switch (release.kind) {
    case "periodic":
      return [periodOf(release)];
    case "poisson":
      return [release.periodNs ?? 1e9 / release.ratePerS];
    case "one-shot":
      return [durationNs / release.count];
    case "trace":
      return [durationNs / release.releases.length];
    case "closed":
      return [(release.thinkNs + isolatedNs) / release.clients];
    case "after":
      return [];
    default:
      return release satisfies never;
  }
}
