/** The file of a run's timeline, written as the run goes on. */
import type { Observer } from "../core/events.ts";
import { RequestError } from "../input/request-error.ts";
import { traceEndings } from "../output/trace/endings.ts";
import { traceFileOf } from "../output/trace/index.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { createTraceWriter } from "../run/trace-writer.ts";
import { OutputFile } from "./output-file.ts";

export interface TraceOutput {
  readonly observer: Observer;
  finish(): void;
  abandon(): void;
}

/** Throws RequestError if the file cannot be written, or if its ending names no format. */
export function openTrace(path: string, setup: RunSetup): TraceOutput {
  const known = traceFileOf(path);
  if (known === undefined)
    throw new RequestError(`cannot write a trace to ${path}: its name must end in one of ${traceEndings.join(", ")}`);
  const file = new OutputFile(path, { compression: known.compression });
  const writer = createTraceWriter(known.format, setup, (piece) => file.write(piece));
  return {
    observer: writer.observer,
    finish() {
      writer.finish();
      file.finish();
    },
    abandon: () => file.abandon(),
  };
}
