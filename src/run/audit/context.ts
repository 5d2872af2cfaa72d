/** Rule 7: a job pays for moving its live activations exactly if they are not where it runs, and the log says so. */

import { keyOf, nameOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";
import { type Transfers, transfersOf } from "./transfers.ts";

export function contextFindings(log: RunLog): string[] {
  const moved = transfersOf(log);
  return [...moved.flatMap((each) => timeFindings(log, each)), ...countFindings(log, moved)];
}

function timeFindings({ program }: RunLog, { segment, inTransfers, inBytes, outBytes }: Transfers): string[] {
  const { contextSwitch, memory } = program.system;
  const timeNs = (bytes: number) => (contextSwitch === "on" ? Math.round(bytes / memory.bandwidthGBs) : 0);
  const findings: string[] = [];
  const check = (loggedNs: number, wantedNs: number, what: string) => {
    if (loggedNs === wantedNs) return;
    findings.push(`${nameOf(program, segment)} spent ${loggedNs} ns ${what} at ${segment.startNs} ns, not ${wantedNs}`);
  };
  check(segment.switchInNs, inTransfers * timeNs(inBytes), "on its context");
  check(segment.switchOutNs, timeNs(outBytes), "on saving its context");
  return findings;
}

/** Compares the counters of jobs and accelerators with the counts from the segments. */
function countFindings({ program, jobs, segments, totals }: RunLog, moved: readonly Transfers[]): string[] {
  const findings: string[] = [];
  const check = (name: string, logged: number, counted: number, what: string) => {
    if (logged !== counted) findings.push(`${name} reports ${logged} ${what}, its segments ${counted}`);
  };
  const switches = moved.filter(({ inTransfers }) => inTransfers > 0).map(({ segment }) => segment);
  const switchesOf = countBy(switches.map(keyOf));
  const checkpointsOf = countBy(segments.filter(({ end }) => end === "checkpoint").map(keyOf));
  const killsOf = countBy(segments.filter(({ end }) => end === "kill").map(keyOf));
  for (const job of jobs) {
    const name = nameOf(program, job);
    check(name, job.contextSwitches, switchesOf(keyOf(job)), "context switches");
    check(name, job.preemptions.checkpoint, checkpointsOf(keyOf(job)), "checkpoints");
    check(name, job.preemptions.kill, killsOf(keyOf(job)), "kills");
  }
  const switchesOn = countBy(switches.map(({ acceleratorIndex }) => String(acceleratorIndex)));
  totals.accelerators.forEach(({ contextSwitches }, index) => {
    const { id } = program.system.accelerators[index]!;
    check(`accelerator "${id}"`, contextSwitches, switchesOn(String(index)), "context switches");
  });
  return findings;
}

function countBy(keys: readonly string[]): (key: string) => number {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (key) => counts.get(key) ?? 0;
}
