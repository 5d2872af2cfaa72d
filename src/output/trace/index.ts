/** The formats of `--trace`, by the ending of the file's name. */
import { chrome } from "./chrome.ts";
import { perfetto } from "./perfetto.ts";
import type { TraceFormat } from "./trace-format.ts";

export interface TraceFile {
  readonly format: TraceFormat;
  readonly compression: "gzip" | "none";
}

const formats: Readonly<Record<string, TraceFormat>> = { ".json": chrome, ".pftrace": perfetto };

/** Endings that `--trace` takes. */
export const traceEndings = Object.keys(formats).flatMap((ending) => [ending, `${ending}.gz`]);

/** Undefined for any other ending. */
export function traceFileOf(path: string): TraceFile | undefined {
  const plain = path.replace(/[.]gz$/, "");
  const ending = Object.keys(formats).find((each) => plain.endsWith(each));
  if (ending === undefined) return undefined;
  return { format: formats[ending]!, compression: plain === path ? "none" : "gzip" };
}
