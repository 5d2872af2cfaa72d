/** Writes the timeline of a run, piece by piece, while the run goes on. */
import type { Observer } from "../core/events.ts";
import { createRecorder } from "../output/trace/recorder.ts";
import type { TraceFormat } from "../output/trace/trace-format.ts";
import { rtmmVersion } from "../records/version.ts";
import { counterCosts } from "./counter-costs.ts";
import type { RunSetup } from "./run-setup.ts";

export interface TraceWriter {
  readonly observer: Observer;
  /** Called once, after the run. */
  finish(): void;
}

export function createTraceWriter(
  format: TraceFormat,
  { program, scheduler, seed }: RunSetup,
  write: (piece: string | Uint8Array) => void,
): TraceWriter {
  const { scenario, system } = program;
  const about = { rtmmVersion, scenario: scenario.name, system: system.name, scheduler: scheduler.name, seed };
  const encoder = format.create({ about });
  const recorder = createRecorder(scenario, system, counterCosts(program), (record) => write(encoder.write(record)));
  write(encoder.start());
  return {
    observer: recorder.observer,
    finish() {
      recorder.finish();
      write(encoder.end());
    },
  };
}
