/** Identifies this build of rtmm. Results of different builds are never mixed. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { packageFolder } from "../../files/built-ins.ts";
import { rtmmVersion } from "../../records/version.ts";

export interface Build {
  readonly version: string;
  /** SHA-256 of the code that makes results and of the built-in files. */
  readonly code: string;
}

/** Folders of src whose code affects results or the protocol between machines. */
export const hashedRooms = [
  "analysis",
  "core",
  "cost",
  "executors",
  "files",
  "input",
  "metrics",
  "output",
  "protocol",
  "records",
  "run",
  "scenario",
  "schedulers",
  "system",
];
const folders = [...hashedRooms.map((room) => join("dist", room)), "workloads", "hardware"];

export function thisBuild(): Build {
  const hash = createHash("sha256");
  for (const path of folders.flatMap(filesIn)) {
    hash.update(`${path.split(sep).join("/")}\n`);
    hash.update(readFileSync(join(packageFolder, path)));
  }
  return { version: rtmmVersion, code: hash.digest("hex") };
}

/** For messages: the version and enough of the code's hash to distinguish two builds. */
export const buildText = ({ version, code }: Build): string => `rtmm ${version} (code ${code.slice(0, 8)})`;

export const isSameBuild = (a: Build, b: Build): boolean => a.version === b.version && a.code === b.code;

/** Whether a file can affect results. Declarations and source maps cannot. */
const counts = (path: string): boolean => /[.](js|json|ya?ml|csv)$/.test(path);

function filesIn(folder: string): string[] {
  return readdirSync(join(packageFolder, folder), { recursive: true, encoding: "utf8" })
    .filter(counts)
    .sort()
    .map((path) => join(folder, path));
}
