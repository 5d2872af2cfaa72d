/** Time in which accelerators are free while a job that they could run is ready. */
import type { Observer } from "../../core/events.ts";
import type { Program } from "../../core/program.ts";

interface JobEvent {
  readonly timeNs: number;
  readonly taskIndex: number;
  readonly jobIndex: number;
}

export class IdleWatch {
  readonly observer: Observer;
  /** Summed over accelerators, ns. One of which some units are free counts as free. */
  idleNs = 0;
  readonly #freeUnits: number[];
  /** By task: accelerators that can run at least one layer of it. */
  readonly #places: readonly (readonly number[])[];
  readonly #ready = new Map<string, number>();
  #sinceNs = 0;

  constructor(program: Program) {
    this.#freeUnits = [...program.units];
    this.#places = program.tasks.map((_, taskIndex) => placesOf(program, taskIndex));
    this.observer = {
      jobReleased: (event) => this.#at(event, () => this.#setReady(event)),
      jobDispatched: (event) =>
        this.#at(event, () => {
          this.#ready.delete(nameOf(event));
          this.#freeUnits[event.acceleratorIndex]! -= event.units;
        }),
      dispatchEnded: (event) =>
        this.#at(event, () => {
          this.#freeUnits[event.acceleratorIndex]! += event.units;
          if (event.why !== "completed") this.#setReady(event);
        }),
      jobDropped: (event) => this.#at(event, () => this.#ready.delete(nameOf(event))),
    };
  }

  #setReady(event: JobEvent): void {
    this.#ready.set(nameOf(event), event.taskIndex);
  }

  #at({ timeNs }: JobEvent, change: () => void): void {
    if (timeNs > this.#sinceNs) {
      this.idleNs += (timeNs - this.#sinceNs) * this.#idleAccelerators();
      this.#sinceNs = timeNs;
    }
    change();
  }

  /** No more of them than jobs wait: the others would idle anyway. */
  #idleAccelerators(): number {
    const wanted = new Set<number>();
    for (const taskIndex of this.#ready.values())
      for (const place of this.#places[taskIndex]!) if (this.#freeUnits[place]! > 0) wanted.add(place);
    return Math.min(wanted.size, this.#ready.size);
  }
}

const nameOf = ({ taskIndex, jobIndex }: JobEvent): string => `${taskIndex}:${jobIndex}`;

function placesOf(program: Program, taskIndex: number): readonly number[] {
  const { latencyNs, columns, firstColumn, units, tasks } = program;
  const { firstRow, endRow } = tasks[taskIndex]!;
  const canRun = (accelerator: number): boolean =>
    firstRow.some((first, variant) => {
      for (let row = first; row < endRow[variant]!; row += 1)
        for (let unit = 0; unit < units[accelerator]!; unit += 1)
          if (latencyNs[row * columns + firstColumn[accelerator]! + unit]! < Infinity) return true;
      return false;
    });
  return [...units.keys()].filter(canRun);
}
