/** A format of timelines. */
import type { TraceRecord } from "./trace-record.ts";

export interface TraceFormat {
  /** What writes one file. */
  create(run: { readonly about: TraceAbout }): TraceEncoder;
}

/** What the file says about the run. */
export interface TraceAbout {
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  readonly seed: number;
}

/** Turns records into pieces of a file, in order. */
export interface TraceEncoder {
  start(): string | Uint8Array;
  write(record: TraceRecord): string | Uint8Array;
  end(): string | Uint8Array;
}
