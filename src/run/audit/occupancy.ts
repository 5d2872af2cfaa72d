/** An accelerator never uses more units than it has, and its busy time is the sum of its segments. */
import type { Segment } from "../../core/records.ts";
import type { RunLog } from "./run-log.ts";

export function occupancyFindings({ program, segments, totals }: RunLog): string[] {
  return program.system.accelerators.flatMap(({ id, units }, index) => {
    const own = segments.filter((segment) => segment.acceleratorIndex === index);
    const findings: string[] = [];
    const overlapNs = firstOverlap(own, units);
    if (overlapNs !== undefined)
      findings.push(`accelerator "${id}" runs more than ${units} unit(s) at ${overlapNs} ns`);
    const busyNs = own.reduce((sum, segment) => sum + (segment.endNs - segment.startNs) * segment.units, 0);
    const logged = totals.accelerators[index]!;
    if (busyNs !== logged.busyNs)
      findings.push(`accelerator "${id}" was busy ${busyNs} ns, reported as ${logged.busyNs}`);
    if (logged.busyNs > totals.endNs * units) findings.push(`accelerator "${id}" was busy longer than the run`);
    return findings;
  });
}

/** First time at which more units run than exist. At the same instant, ends count before starts. */
function firstOverlap(segments: readonly Segment[], units: number): number | undefined {
  const changes = segments
    .filter((segment) => segment.endNs > segment.startNs)
    .flatMap(({ startNs, endNs, units: n }) => [
      { timeNs: startNs, units: n },
      { timeNs: endNs, units: -n },
    ])
    .sort((a, b) => a.timeNs - b.timeNs || a.units - b.units);
  let running = 0;
  for (const change of changes) {
    running += change.units;
    if (running > units) return change.timeNs;
  }
  return undefined;
}
