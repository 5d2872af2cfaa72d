/** One run with its trace file in pieces, through any files. */
import { together } from "../core/events.ts";
import { show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunResult } from "../records/run-result.ts";
import { checkWord } from "./checks.ts";
import type { Place } from "./place.ts";
import { prepareIn } from "./prepare-in.ts";
import { audited, checkRun } from "./run-in.ts";
import type { RunRequest } from "./run-request.ts";

/** A run, and where its trace goes. */
export interface TraceRequest extends RunRequest {
  /** Chrome trace events, which are JSON, or Perfetto's own format. */
  readonly format: TraceFormatName;
  /** Called with each piece in turn: text of Chrome's format, bytes of Perfetto's. */
  readonly write: (piece: string | Uint8Array) => void;
}

/** Formats of trace files. */
export type TraceFormatName = "chrome" | "perfetto";

export async function traceIn(request: TraceRequest, place: Place): Promise<RunResult> {
  checkRun(request, ["format", "write", ...place.keys]);
  const { format, write } = request;
  checkWord("format", format ?? null, ["chrome", "perfetto"]);
  if (typeof write !== "function") throw new RequestError(`write must be a function, got ${show(write)}`);
  const { setup } = await prepareIn(request, place);
  // A program that asks for no trace does not load what writes one.
  const { traceFormats } = await import("../output/trace/index.ts");
  const { createTraceWriter } = await import("../run/trace-writer.ts");
  const writer = createTraceWriter(traceFormats[format], setup, write);
  const result = audited(setup, { ...request, observer: together([writer.observer, request.observer ?? {}]) });
  writer.finish();
  return result;
}
