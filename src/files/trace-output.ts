/** The file of a run's timeline, written as the run goes on. */
import type { Observer } from "../core/events.ts";
import { RequestError } from "../input/request-error.ts";
import { traceEndings } from "../output/trace/endings.ts";
import { traceFileOf } from "../output/trace/index.ts";
import { createRecorder } from "../output/trace/recorder.ts";
import { rtmmVersion } from "../records/version.ts";
import { counterCosts } from "../run/counter-costs.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { OutputFile } from "./output-file.ts";

export interface TraceOutput {
  readonly observer: Observer;
  finish(): void;
  abandon(): void;
}

/** Throws RequestError if the file cannot be written, or if its ending names no format. */
export function openTrace(path: string, { program, scheduler, seed }: RunSetup): TraceOutput {
  const { scenario, system } = program;
  const known = traceFileOf(path);
  if (known === undefined)
    throw new RequestError(`--trace ${path}: the name must end in one of ${traceEndings.join(", ")}`);
  const about = { rtmmVersion, scenario: scenario.name, system: system.name, scheduler: scheduler.name, seed };
  const encoder = known.format.create({ about });
  const file = new OutputFile(path, { compression: known.compression });
  const recorder = createRecorder(scenario, system, counterCosts(program), (record) =>
    file.write(encoder.write(record)),
  );
  file.write(encoder.start());
  return {
    observer: recorder.observer,
    finish() {
      recorder.finish();
      file.write(encoder.end());
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}
