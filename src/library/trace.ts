/** Trace files as a program asks for them. */
import { resolve } from "node:path";
import { together } from "../core/events.ts";
import { show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunResult } from "../records/run-result.ts";
import { prepareIn } from "../request/prepare-in.ts";
import { audited, checkRun } from "../request/run-in.ts";
import type { RunRequest } from "../request/run-request.ts";
import { type TraceRequest, traceIn } from "../request/trace-in.ts";
import { type OnMachine, onMachine } from "./open-library.ts";

/** A run that may read this machine's files, and where its trace goes: to a file, or to a function. */
export type NodeTraceRequest = TraceFileRequest | (TraceRequest & OnMachine);

/** A run whose trace goes to a file. */
export interface TraceFileRequest extends RunRequest, OnMachine {
  /** Its ending says the format: .json or .pftrace, with .gz after it for a compressed file. */
  readonly file: string;
}

/** Makes the same run as `run`, and writes its timeline as `rtmm run --trace` does. Throws likewise. */
export const trace = (request: NodeTraceRequest): Promise<RunResult> =>
  isToFile(request) ? traceToFile(request) : traceIn(request, onMachine(request));

const isToFile = (request: NodeTraceRequest): request is TraceFileRequest =>
  typeof request === "object" && request !== null && "file" in request;

async function traceToFile(request: TraceFileRequest): Promise<RunResult> {
  const place = onMachine(request);
  checkRun(request, ["file", ...place.keys]);
  const { file, cwd = "." } = request;
  if (typeof file !== "string") throw new RequestError(`file must be a path, got ${show(file)}`);
  const { setup } = await prepareIn(request, place);
  const { openTrace } = await import("../files/trace-output.ts");
  const output = openTrace(resolve(cwd, file), setup);
  try {
    const result = audited(setup, { ...request, observer: together([output.observer, request.observer ?? {}]) });
    output.finish();
    return result;
  } finally {
    output.abandon();
  }
}
