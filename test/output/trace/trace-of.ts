/** Runs a small world and gives what its timelines say. */
import { type InputsRead, type Observer, together } from "../../../src/core/events.ts";
import { compile } from "../../../src/core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../../../src/core/records.ts";
import type { ParameterValues, Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { traceFileOf } from "../../../src/output/trace/index.ts";
import { createRecorder } from "../../../src/output/trace/recorder.ts";
import type { TraceRecord } from "../../../src/output/trace/trace-record.ts";
import { counterCosts } from "../../../src/run/counter-costs.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../../worlds.ts";

export interface TracedRun {
  readonly records: readonly TraceRecord[];
  readonly jobs: readonly JobRecord[];
  readonly segments: readonly Segment[];
  /** Those of jobs that were killed later, too. */
  readonly reads: readonly InputsRead[];
  readonly totals: RunTotals;
}

export function tracedRun(world: SmallWorld, scheduler: Scheduler, given: ParameterValues = {}): TracedRun {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const records: TraceRecord[] = [];
  const jobs: JobRecord[] = [];
  const segments: Segment[] = [];
  const reads: InputsRead[] = [];
  const recorder = createRecorder(scenario, system, counterCosts(program), (record) => records.push(record));
  const others: Observer = {
    jobCompleted: (job) => jobs.push(job),
    jobDropped: (job) => jobs.push(job),
    segmentEnded: (segment) => segments.push(segment),
    inputsRead: (event) => reads.push(event),
  };
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(program, scheduler, values, {
    seed: world.seed ?? 1,
    meter: "on",
    observer: together([others, recorder.observer]),
  });
  recorder.finish();
  return { records, jobs, segments, reads, totals };
}

/** The file with that ending. */
export function encoded(records: readonly TraceRecord[], ending: string): Buffer {
  const about = { rtmmVersion: "0", scenario: "s", system: "y", scheduler: "p", seed: 1 };
  const encoder = traceFileOf(`x${ending}`)!.format.create({ about });
  const pieces = [encoder.start(), ...records.map((record) => encoder.write(record)), encoder.end()];
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
}
