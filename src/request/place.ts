/** Where the files of a request are: on this machine, or in memory alone. */
import type { Caller, RunFiles } from "../run/run-files.ts";

export interface Place {
  /** Keys that a request of this place may have beside those of its kind. */
  readonly keys: readonly string[];
  /** Its files, with those of the caller. */
  open(caller: Caller): RunFiles;
}
