/** What the energy of each accelerator was for: work in time, late or lost, moves of activations, loads of weights. */
import type { JobReleased, Observer } from "../core/events.ts";
import { type JobOutcome, jobOutcome } from "../core/job-outcome.ts";
import { costIndexOf, type Program } from "../core/program.ts";
import type { JobRecord, Segment } from "../core/records.ts";
import type { AcceleratorDetails } from "../records/run-details.ts";
import { keyOf, operatingPointOf } from "./audit/log.ts";

type Use = "inTime" | "late" | "lost" | "switches" | "weights";
type Sums = Record<Use, number>;

/** Work of a job that has not ended. */
interface OpenJob {
  readonly scale: number;
  /** By accelerator. */
  readonly workPj: Map<number, number>;
}

/** Keeps a sum for each accelerator, and one for each accelerator of a job until that has ended. */
export class EnergyUses {
  readonly #program: Program;
  readonly #sums: readonly Sums[];
  readonly #open = new Map<string, OpenJob>();

  constructor(program: Program) {
    this.#program = program;
    this.#sums = program.system.accelerators.map(() => ({ inTime: 0, late: 0, lost: 0, switches: 0, weights: 0 }));
  }

  get observer(): Observer {
    const ended = (job: JobRecord): void => this.#jobEnded(job);
    return {
      jobReleased: (event) => this.#released(event),
      segmentEnded: (segment) => this.#segmentEnded(segment),
      jobCompleted: ended,
      jobDropped: ended,
    };
  }

  finish(): readonly AcceleratorDetails[] {
    return this.#program.system.accelerators.map(({ id }, index) => {
      const { inTime, late, lost, switches, weights } = this.#sums[index]!;
      return {
        id,
        inTimeMj: knownMj(inTime),
        lateMj: knownMj(late),
        lostMj: knownMj(lost),
        switchesMj: knownMj(switches),
        weightsMj: knownMj(weights),
      };
    });
  }

  #released(event: JobReleased): void {
    this.#open.set(keyOf(event), { scale: event.scale ?? 1, workPj: new Map() });
  }

  #segmentEnded(segment: Segment): void {
    const job = this.#open.get(keyOf(segment))!;
    const sums = this.#sums[segment.acceleratorIndex]!;
    const weightsPj = segment.load?.pj ?? 0;
    const workPj = this.#workPj(segment, job.scale);
    sums.weights += weightsPj;
    sums.switches += movesPj(segment, workPj + weightsPj);
    job.workPj.set(segment.acceleratorIndex, (job.workPj.get(segment.acceleratorIndex) ?? 0) + workPj);
    // A kill throws away all that the job has done.
    if (segment.end === "kill") this.#spend(job, "lost");
  }

  #jobEnded(job: JobRecord): void {
    const open = this.#open.get(keyOf(job));
    if (open === undefined) return;
    this.#spend(open, uses[jobOutcome(job)]);
    this.#open.delete(keyOf(job));
  }

  #spend({ workPj }: OpenJob, use: Use): void {
    for (const [acceleratorIndex, pj] of workPj) this.#sums[acceleratorIndex]![use] += pj;
    workPj.clear();
  }

  #workPj(segment: Segment, scale: number): number {
    const share = segment.progressAfter - segment.progressBefore;
    if (share === 0) return 0;
    const layerPj = this.#program.energyPj[costIndexOf(this.#program, segment)]!;
    return share * layerPj * operatingPointOf(this.#program, segment).energyFactor * scale;
  }
}

/** What is left of a segment's energy is that of moves. Without a move, nothing but a rounding error is left. */
function movesPj({ energyPj, switchInNs, switchOutNs }: Segment, otherPj: number): number {
  return switchInNs === 0 && switchOutNs === 0 ? 0 : Math.max(0, energyPj - otherPj);
}

const uses = { met: "inTime", late: "late", dropped: "lost" } as const satisfies Readonly<Record<JobOutcome, Use>>;

const knownMj = (pj: number): number | null => (Number.isNaN(pj) ? null : pj / 1e9);
