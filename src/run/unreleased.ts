/** Releases that a scenario states and a run of its duration leaves out, told with what to do. */
import type { OneShotArrival, Scenario, Task, TraceArrival } from "../core/scenario.ts";
import { LONGEST_MS } from "./settings.ts";

/** One text for each task with such releases. */
export function unreleasedWarnings({ tasks, durationNs }: Scenario): readonly string[] {
  return tasks.flatMap((task) => textOf(task, durationNs) ?? []);
}

function textOf({ id, release }: Task, durationNs: number): string | undefined {
  switch (release.kind) {
    case "trace":
      return lateRows(id, release, durationNs);
    case "one-shot":
      return lateDraws(id, release, durationNs);
    case "periodic":
    case "poisson":
    case "closed":
      if (release.offsetNs < durationNs) return undefined;
      return `${id} releases nothing, because its offset is ${msText(release.offsetNs)} ms${ending(durationNs, release.offsetNs)}`;
    case "after":
      return undefined;
    default:
      return release satisfies never;
  }
}

function lateRows(id: string, { releases }: TraceArrival, durationNs: number): string | undefined {
  if (releases.length === 0) return `${id} releases nothing, because no row gives it a release`;
  const late = releases.filter(({ releaseNs }) => releaseNs >= durationNs).length;
  if (late === 0) return undefined;
  const lastNs = releases.at(-1)!.releaseNs;
  const which = `${late} of the ${releases.length} releases given for ${id}`;
  return `${which} do not come, the last at ${msText(lastNs)} ms${ending(durationNs, lastNs)}`;
}

function lateDraws(id: string, { count, fromNs, toNs }: OneShotArrival, durationNs: number): string | undefined {
  if (toNs <= durationNs) return undefined;
  const which = fromNs >= durationNs ? "none" : "not all";
  const window = `drawn from ${msText(fromNs)} to ${msText(toNs)} ms`;
  return `${which} of the ${count} releases of ${id} come, ${window}${ending(durationNs, toNs - 1)}`;
}

/** The end of the run, and a duration that includes `lastNs`. */
function ending(durationNs: number, lastNs: number): string {
  const neededMs = Math.floor(lastNs / 1e6) + 1;
  const advice = neededMs > LONGEST_MS ? "" : `; --duration-ms ${neededMs} has them`;
  return `, and this run ends at ${msText(durationNs)} ms${advice}`;
}

const msText = (timeNs: number): string => String(timeNs / 1e6);
