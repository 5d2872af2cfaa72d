/** The files that a loader's caller provides, and reading checked text from them. Only the caller accesses files. */
import { codeFrame } from "./code-frame.ts";
import type { Problem, ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import type { SchemaName } from "./schema-name.ts";
import { positionFinder } from "./text-position.ts";

export type FileStatus =
  | { readonly kind: "file"; readonly bytes: number }
  | { readonly kind: "missing" }
  | { readonly kind: "folder" }
  /** Exists but cannot be read; `reason` is for the user, such as "permission denied". */
  | { readonly kind: "unreadable"; readonly reason: string };

export interface FileSource {
  status(path: string): FileStatus;
  /** Called only after `status` reported a file of an acceptable size. */
  read(path: string): Uint8Array;
  /**
   * What parsing the file would give, if that is known of a file of the same content that passed the schema; undefined:
   * unknown. Called only after `read`. Nobody may change the value.
   */
  checkedValue?(path: string, schema: SchemaName): unknown;
  /** Called with what parsing a file gave once it has passed the schema. */
  keepChecked?(path: string, schema: SchemaName, value: unknown): void;
}

/** What every loader needs besides the files themselves. */
export interface LoaderFiles extends FileSource {
  /** A path in `fromFile` (of a CSV), relative to that file. */
  locate(path: string, fromFile: string): string;
  /** Receives warnings once a file has loaded. */
  warn?(problem: Problem): void;
}

/** Larger files are refused unread: at these sizes reading takes seconds and a GB of memory. */
const largestBytes = { yaml: 5_000_000, csv: 20_000_000, json: 20_000_000, profile: 200_000_000 } as const;

export type TextFormat = keyof typeof largestBytes;

/** Where a problem with opening a file is reported: at its name in another file. */
export type ReportPlace = (code: ProblemCode, message: string) => void;

/** The text of a file without its byte order mark; undefined after a problem was reported. */
export function readText(
  path: string,
  source: FileSource,
  problems: ProblemList,
  namedAt?: ReportPlace,
  format: TextFormat = "yaml",
): string | undefined {
  const refuse = (code: ProblemCode, message: string, place: FilePlace = nowhere): undefined => {
    if (namedAt !== undefined) namedAt(code, message);
    else problems.add({ code, message, severity: "error", file: path, ...place });
  };
  const status = source.status(path);
  if (status.kind !== "file") return refuse(...unopenable(path, status));
  if (status.bytes > largestBytes[format])
    return refuse("TOO_LARGE", tooLarge(path, status.bytes, largestBytes[format]), fileStart);
  const bytes = source.read(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return refuse("BINARY_FILE", `${path} is compressed by gzip; unpack it first: gunzip ${path}`, fileStart);
  const wide = utf16Of(bytes);
  if (wide !== undefined)
    return wideText(bytes, wide) ?? refuse("BINARY_FILE", `${path} is not UTF-16 text${saveIt}`, fileStart);
  if (bytes.includes(0)) return refuse("BINARY_FILE", `${path} is a binary file, not text`, placeOfFirst("\0", bytes));
  return (
    decoded(bytes, "utf-8") ??
    refuse("BINARY_FILE", `${path} is not UTF-8 text${saveIt}`, placeOfFirst(UNDECODABLE, bytes))
  );
}

const saveIt = "; save it as UTF-8";

/** Why what is at a path is no file to read. */
export function unopenable(path: string, status: Exclude<FileStatus, { kind: "file" }>): [ProblemCode, string] {
  switch (status.kind) {
    case "missing":
      return ["MISSING_FILE", `there is no file ${path}`];
    case "folder":
      return ["CANNOT_READ", `${path} is a folder, not a file`];
    case "unreadable":
      return ["CANNOT_READ", `cannot read ${path}: ${status.reason}`];
    default:
      return status satisfies never;
  }
}

/** By its byte order mark: what Windows PowerShell writes to a file with `>`. */
function utf16Of([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** UTF-32 begins with the mark of UTF-16, and has zeros in every character. */
function wideText(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): string | undefined {
  const text = decoded(bytes, encoding);
  return text?.includes("\0") ? undefined : text;
}

/** Without the byte order mark, its lines ended by LF or CR LF; undefined if the bytes are not of this encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // A file of old Macs, or of Excel's "CSV (Macintosh)", has no LF at all.
    return text.includes("\n") ? text : text.replaceAll("\r", "\n");
  } catch {
    return undefined;
  }
}

/** What a lenient decoder returns for invalid bytes. */
const UNDECODABLE = "\ufffd";

type FilePlace = Pick<Problem, "line" | "column" | "frame">;

/** For a file that cannot be opened. */
const nowhere: FilePlace = { line: undefined, column: undefined, frame: "" };
/** For a file that is not read. */
const fileStart: FilePlace = { line: 1, column: 1, frame: "" };

function placeOfFirst(character: string, bytes: Uint8Array): FilePlace {
  const text = new TextDecoder().decode(bytes);
  const { line, column } = positionFinder(text)(text.indexOf(character));
  return { line, column, frame: codeFrame(text, line, column) };
}

const tooLarge = (path: string, bytes: number, limit: number): string =>
  `${path} has ${megabytes(bytes)}; the limit is ${megabytes(limit)}`;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;
