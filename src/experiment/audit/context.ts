/** Rule 7: a job pays for its live activations exactly when they are not where it runs. */
import type { Program } from "../../core/program.ts";
import type { Segment } from "../../core/records.ts";
import type { RunLog } from "../audit.ts";
import { byStart, keyOf, nameOf } from "./log.ts";

export function contextFindings(log: RunLog): string[] {
  const { program } = log;
  const findings: string[] = [];
  const follower = new Follower(program);
  for (const segment of [...log.segments].sort(byStart)) {
    const transfers = follower.transfersOf(segment);
    const wantedNs = program.system.contextSwitch === "on" ? transfers * oneWayNs(program, segment) : 0;
    if (segment.switchInNs !== wantedNs) {
      const when = `at ${segment.startNs} ns`;
      findings.push(
        `${nameOf(program, segment)} spent ${segment.switchInNs} ns on its context ${when}, not ${wantedNs}`,
      );
    }
    follower.ran(segment);
  }
  return findings;
}

/** Where the activations of each job are, told from the segments alone. */
class Follower {
  readonly #units: Int32Array;
  /** Accelerator that holds a job's activations, or "memory"; absent: it has none. */
  readonly #place = new Map<string, number | "memory">();
  /** Job that ran last on an accelerator. */
  readonly #resident = new Map<number, string>();

  constructor(program: Program) {
    this.#units = program.units;
  }

  transfersOf(segment: Segment): number {
    const place = this.#place.get(keyOf(segment));
    if (place === undefined) return 0;
    if (place === "memory") return 1;
    if (place !== segment.acceleratorIndex) return 2;
    const isShared = this.#units[place]! > 1;
    return isShared || this.#resident.get(place) === keyOf(segment) ? 0 : 2;
  }

  ran(segment: Segment): void {
    const key = keyOf(segment);
    this.#resident.set(segment.acceleratorIndex, key);
    if (segment.end === "kill") this.#place.delete(key);
    else this.#place.set(key, isSaved(segment) ? "memory" : segment.acceleratorIndex);
  }
}

/** A checkpoint saves what was worked on; what had only just been read is still there. */
function isSaved({ end, progressBefore, progressAfter, switchInNs }: Segment): boolean {
  return end === "checkpoint" && (progressAfter > progressBefore || switchInNs > 0);
}

function oneWayNs(program: Program, segment: Segment): number {
  const row = program.tasks[segment.taskIndex]!.firstRow[segment.variantIndex]! + segment.layerIndex;
  const { globalBufferBytes } = program.system.accelerators[segment.acceleratorIndex]!;
  const liveBytes = Math.min(program.liveBytes[row]!, globalBufferBytes);
  const bytes = segment.progressBefore === 0 ? program.boundaryBytes[row]! : liveBytes;
  return Math.round(bytes / program.system.memory.bandwidthGBs);
}
