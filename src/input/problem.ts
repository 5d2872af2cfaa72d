/** Problems of a user's file as data. Loaders collect them; commands print them. */

/** Stable codes of problems; tests and tools may rely on them. */
export type ProblemCode =
  | "MISSING_FILE"
  | "CANNOT_READ"
  | "TOO_LARGE"
  | "BINARY_FILE"
  | "EMPTY_FILE"
  | "YAML_SYNTAX"
  | "JSON_SYNTAX"
  | "MAESTRO_SYNTAX"
  | "ONNX_SYNTAX"
  | "PROFILE_SYNTAX"
  | "OTHER_TOOL"
  | "UNFINISHED_LINE"
  | "BROKEN_SCRIPT"
  | "SEVERAL_DOCUMENTS"
  | "TOO_MANY_ALIASES"
  | "TOO_DEEP"
  | "DUPLICATE_KEY"
  | "XML_SYNTAX"
  | "CSV_SYNTAX"
  | "MISSING_COLUMN"
  | "UNKNOWN_COLUMN"
  | "WRONG_TYPE"
  | "MISSING_KEY"
  | "UNKNOWN_KEY"
  | "KEYS_EXCLUDE"
  | "UNKNOWN_NAME"
  | "BAD_NAME"
  | "DUPLICATE_ID"
  | "NOT_FINITE"
  | "NOT_WHOLE"
  | "NOT_POSITIVE"
  | "NEGATIVE"
  | "TOO_SMALL"
  | "TOO_BIG"
  | "WRONG_LENGTH"
  | "BAD_SHAPE"
  | "BAD_DISTRIBUTION"
  | "BAD_DIRECTIVE"
  | "BAD_REQUIREMENT"
  | "TOO_MANY_LAYERS"
  | "UNSUPPORTED"
  | "CYCLE"
  | "DIFFERENT_RATES"
  | "DEADLINE_BEFORE_RELEASE"
  | "UNKNOWN_ENERGY"
  | "NO_EFFECT";

/** One thing that is wrong with a file, with its place. */
export interface Problem {
  readonly code: ProblemCode;
  /** What was expected, what was found and how to fix it; without the position. */
  readonly message: string;
  readonly severity: "error" | "warning";
  readonly file: string;
  /** From 1; undefined if the file could not be read. */
  readonly line: number | undefined;
  /** From 1, in UTF-16 units. */
  readonly column: number | undefined;
  /** The line with a marker below, without colour; empty if there is no line to show. */
  readonly frame: string;
}
