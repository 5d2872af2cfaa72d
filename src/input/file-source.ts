/** What loaders ask of their caller, who alone touches the file system, and reading checked text through it. */
import type { Problem, ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";

export type FileStatus =
  | { readonly kind: "file"; readonly bytes: number }
  | { readonly kind: "missing" }
  | { readonly kind: "folder" }
  /** Exists but cannot be read; `reason` is for the user, such as "permission denied". */
  | { readonly kind: "unreadable"; readonly reason: string };

export interface FileSource {
  status(path: string): FileStatus;
  /** Asked for only after `status` told of a file of an acceptable size. */
  read(path: string): Uint8Array;
}

/** What every loader asks for beside the files themselves. */
export interface LoaderFiles extends FileSource {
  /** A path that `fromFile` mentions (a CSV), relative to that file. */
  locate(path: string, fromFile: string): string;
  /** Told of warnings once a file has loaded; left out: they are lost. */
  warn?(problem: Problem): void;
}

/** Larger files are refused before they are read: at these sizes reading takes seconds and a GB of memory. */
const largestBytes = { yaml: 5_000_000, csv: 20_000_000 } as const;

export type TextFormat = keyof typeof largestBytes;

/** Who named a file: where a problem with opening it is reported. */
export type ReportPlace = (code: ProblemCode, message: string) => void;

/** The text of a file without byte order mark; undefined after a problem was reported. */
export function readText(
  path: string,
  source: FileSource,
  problems: ProblemList,
  namedAt?: ReportPlace,
  format: TextFormat = "yaml",
): string | undefined {
  const report = namedAt ?? wholeFile(path, problems);
  const status = source.status(path);
  if (status.kind === "missing") return refuse(report, "MISSING_FILE", `there is no file ${path}`);
  if (status.kind === "folder") return refuse(report, "CANNOT_READ", `${path} is a folder, not a file`);
  if (status.kind === "unreadable") return refuse(report, "CANNOT_READ", `cannot read ${path}: ${status.reason}`);
  if (status.bytes > largestBytes[format])
    return refuse(report, "TOO_LARGE", tooLarge(path, status.bytes, largestBytes[format]));
  return decode(source.read(path), path, report);
}

function decode(bytes: Uint8Array, path: string, report: ReportPlace): string | undefined {
  if (bytes.includes(0)) return refuse(report, "BINARY_FILE", `${path} is a binary file, not text`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(report, "BINARY_FILE", `${path} is not UTF-8 text`);
  }
}

function wholeFile(file: string, problems: ProblemList): ReportPlace {
  return (code, message) =>
    problems.add({ code, message, severity: "error", file, line: undefined, column: undefined, frame: "" });
}

function refuse(report: ReportPlace, code: ProblemCode, message: string): undefined {
  report(code, message);
  return undefined;
}

const tooLarge = (path: string, bytes: number, limit: number): string =>
  `${path} has ${megabytes(bytes)}; the limit is ${megabytes(limit)}`;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;
