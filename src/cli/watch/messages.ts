/** What a watched run tells the process that watches. */
import type { RunResult } from "../../records/run-result.ts";

export type WatchMessage =
  | {
      readonly kind: "file";
      /** Absolute. */
      readonly path: string;
      /** Hash of its content as it was read; `MISSING` if there was no file. */
      readonly state: string;
    }
  | { readonly kind: "results"; readonly results: readonly RunResult[] };

export const MISSING = "missing";
