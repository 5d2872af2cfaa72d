/** Energy is conserved: by segment, by job and by accelerator it is the same. */
import type { RunLog } from "../audit.ts";
import { keyOf, nameOf } from "./log.ts";

/** Sums in different orders differ by rounding only. */
const RELATIVE_TOLERANCE = 1e-9;

export function energyFindings({ program, jobs, segments, totals }: RunLog): string[] {
  const findings: string[] = [];
  const byJob = new Map<string, number>();
  const byAccelerator = totals.accelerators.map(() => 0);
  for (const segment of segments) {
    byJob.set(keyOf(segment), (byJob.get(keyOf(segment)) ?? 0) + segment.energyPj);
    byAccelerator[segment.acceleratorIndex]! += segment.energyPj;
  }
  for (const job of jobs) {
    const spentPj = byJob.get(keyOf(job)) ?? 0;
    if (!areClose(job.energyPj, spentPj)) {
      findings.push(`${nameOf(program, job)} is charged ${job.energyPj} pJ, its layers took ${spentPj} pJ`);
    }
  }
  totals.accelerators.forEach(({ energyPj }, index) => {
    const { id } = program.system.accelerators[index]!;
    if (!areClose(energyPj, byAccelerator[index]!)) {
      findings.push(`accelerator "${id}" is charged ${energyPj} pJ, its layers took ${byAccelerator[index]} pJ`);
    }
  });
  return findings;
}

const areClose = (a: number, b: number): boolean =>
  Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
