/** Energy follows the costs and is conserved: its sums by segment, by job and by accelerator agree. */

import { costIndexOf } from "../../core/program.ts";
import { keyOf, nameOf, operatingPointOf, scalesOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";
import { type Transfers, transfersOf } from "./transfers.ts";

/** Allows for rounding, because the sums add in different orders. */
const RELATIVE_TOLERANCE = 1e-9;

export function energyFindings(log: RunLog): string[] {
  return [...costFindings(log), ...conservationFindings(log)];
}

/**
 * Work takes its share of the layer's energy, which is NaN if the costs do not know it; no work takes none. Each byte
 * moved takes the memory's energy per byte, a load of weights its own.
 */
function costFindings(log: RunLog): string[] {
  const { program } = log;
  const scaleOf = scalesOf(log.jobs);
  return transfersOf(log).flatMap((moved) => {
    const { segment } = moved;
    const wantedPj = workPj(log, moved) * scaleOf(segment) + transferPj(log, moved) + (segment.load?.pj ?? 0);
    if (areClose(segment.energyPj, wantedPj)) return [];
    const what = `layer ${segment.layerIndex} at ${segment.startNs} ns`;
    return [`${nameOf(program, segment)} took ${segment.energyPj} pJ for ${what}, not ${wantedPj}`];
  });
}

function workPj({ program }: RunLog, { segment }: Transfers): number {
  const { energyFactor } = operatingPointOf(program, segment);
  const layerPj = program.energyPj[costIndexOf(program, segment)]! * energyFactor;
  const share = segment.progressAfter - segment.progressBefore;
  return share === 0 ? 0 : share * layerPj;
}

function transferPj({ program }: RunLog, { inTransfers, inBytes, outBytes }: Transfers): number {
  const { contextSwitch, memory } = program.system;
  return contextSwitch === "on" ? (inTransfers * inBytes + outBytes) * memory.energyPjPerByte : 0;
}

function conservationFindings({ program, jobs, segments, totals }: RunLog): string[] {
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

/** What is not known on one side is not known on the other. */
const areClose = (a: number, b: number): boolean =>
  (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
