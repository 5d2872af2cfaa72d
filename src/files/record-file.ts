/** Reads records that commands print as JSON, and tells which one a file has. */
import { ProblemList } from "../input/problem-list.ts";
import { readJson } from "../input/read-json.ts";
import { RequestError } from "../input/request-error.ts";
import type { AdversaryMatrix } from "../records/adversary.ts";
import type { Capacity } from "../records/capacity.ts";
import type { CheckReport } from "../records/check-report.ts";
import type { Comparison } from "../records/comparison.ts";
import type { Reproduction } from "../records/reproduction.ts";
import type { RunResult } from "../records/run-result.ts";
import type { SweepReport } from "../records/sweep-report.ts";
import type { Tuning } from "../records/tuning.ts";
import type { Library } from "./library.ts";
import { readResults } from "./result-file.ts";

export type RecordFile =
  | { readonly kind: "results"; readonly results: readonly RunResult[] }
  | { readonly kind: "comparison"; readonly comparison: Comparison }
  | { readonly kind: "check"; readonly check: CheckReport }
  | { readonly kind: "sweep"; readonly sweep: SweepReport }
  | { readonly kind: "capacity"; readonly capacity: Capacity }
  | { readonly kind: "tuning"; readonly tuning: Tuning }
  | { readonly kind: "reproduction"; readonly reproduction: Reproduction }
  | { readonly kind: "matrix"; readonly matrix: AdversaryMatrix };

/** Files with the record of a folder. */
export const recordsInFolders = ["result.json", "matrix.json"] as const;

/** Throws InputError for invalid JSON, RequestError for a file of another kind, and what `readResults` throws. */
export function readRecord(path: string, library: Library): RecordFile {
  const problems = new ProblemList();
  const report = readJson(path, library, problems);
  problems.finish();
  const value = report!.file.value;
  const fields = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { schemaVersion } = fields;
  const kind = kindOf(fields);
  if (isOnePair(fields))
    throw new RequestError(`${path} is the search of one pair, which has no figures: ${caseHint(fields)}`);
  if (kind === undefined) throw new RequestError(`${path} is no record that can be shown: ${expected}`);
  if (kind === "results") return { kind, results: readResults(path, library) };
  if (schemaVersion !== 1)
    throw new RequestError(`${path} has schemaVersion ${JSON.stringify(schemaVersion)}; this rtmm reads version 1`);
  const missing = missingParts(fields, kind);
  if (missing.length > 0)
    throw new RequestError(`${path} is a damaged ${recordNames[kind]}: it has no ${missing.join(", ")}`);
  return { kind, [kind]: value } as unknown as RecordFile;
}

const expected =
  "it has to be JSON of `rtmm run`, `compare`, `sweep`, `check`, `capacity`, `tune` or `reproduce`, or matrix.json of `adversary --all`";

/** A report of `rtmm adversary`. */
const isOnePair = (fields: Readonly<Record<string, unknown>>): boolean => "smallest" in fields && "found" in fields;

/** What to draw in its place. */
function caseHint({ files }: Readonly<Record<string, unknown>>): string {
  const { scenario, system } = (files ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof scenario !== "string" || typeof system !== "string") return "nothing is lost in it";
  return `draw its case, as in \`rtmm plot timeline ${scenario} -S ${system}\` or \`rtmm report\``;
}

/** In messages. */
export const recordNames = {
  comparison: "comparison",
  check: "check",
  sweep: "report of a sweep",
  capacity: "capacity",
  tuning: "tuning",
  reproduction: "reproduction",
  matrix: "matrix of losses",
} as const;

const kinds = ["comparison", "check", "sweep", "capacity", "tuning", "reproduction", "matrix"] as const;

function kindOf(fields: Readonly<Record<string, unknown>>): RecordFile["kind"] | undefined {
  if (["resultHash", "metrics", "scheduler"].every((name) => name in fields)) return "results";
  if (Array.isArray(fields.results)) return "results";
  return kinds.find((kind) => marks[kind].every((name) => name in fields));
}

/** Fields that no other record has together. */
const marks = {
  comparison: ["cases", "baseline"],
  check: ["failOn", "baselines"],
  sweep: ["planHash", "groups"],
  capacity: ["bounds", "cases"],
  tuning: ["objective", "path"],
  reproduction: ["paper", "claims"],
  matrix: ["cells", "worst"],
} as const;

const lists = {
  comparison: ["cases", "schedulers", "metrics", "runs", "seeds", "inputs", "warnings"],
  check: ["baselines", "requirements"],
  sweep: ["groups", "metrics", "coordinateNames"],
  capacity: ["bounds", "cases", "schedulers"],
  tuning: ["path", "searched", "seeds"],
  reproduction: ["claims", "tables", "differences"],
  matrix: ["cells", "worst", "schedulers"],
} as const;

const missingParts = (fields: Readonly<Record<string, unknown>>, kind: keyof typeof lists): readonly string[] =>
  lists[kind].filter((name) => !Array.isArray(fields[name]));
