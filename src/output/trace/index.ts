/** The formats of `--trace`, by the ending of the file's name. */
import { chrome } from "./chrome.ts";
import { plainEndings } from "./endings.ts";
import { perfetto } from "./perfetto.ts";
import type { TraceFormat } from "./trace-format.ts";

export interface TraceFile {
  readonly format: TraceFormat;
  readonly compression: "gzip" | "none";
}

const formats: Readonly<Record<(typeof plainEndings)[number], TraceFormat>> = { ".json": chrome, ".pftrace": perfetto };

/** By the names that programs use. */
export const traceFormats = { chrome, perfetto } as const satisfies Readonly<Record<string, TraceFormat>>;

/** Undefined for any other ending. */
export function traceFileOf(path: string): TraceFile | undefined {
  const plain = path.replace(/[.]gz$/, "");
  const ending = plainEndings.find((each) => plain.endsWith(each));
  if (ending === undefined) return undefined;
  return { format: formats[ending], compression: plain === path ? "none" : "gzip" };
}
