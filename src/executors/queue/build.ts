/** Identifies this build of rtmm. Results of different builds are never mixed. */
import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { packageFolder } from "../../files/package-folder.ts";
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

/** Written when rtmm is built: a package has these rooms bundled only. */
const codeFile = join(packageFolder, "dist/code.txt");

export function thisBuild(): Build {
  const hash = hashOf(["workloads", "hardware"]).update(readFileSync(codeFile));
  return { version: rtmmVersion, code: hash.digest("hex") };
}

/** SHA-256 of the compiled rooms, which is what `codeFile` holds. */
export const compiledCode = (): string => hashOf(hashedRooms.map((room) => join("dist", room))).digest("hex");

function hashOf(folders: readonly string[]): Hash {
  const hash = createHash("sha256");
  for (const path of folders.flatMap(filesIn)) {
    hash.update(`${path.split(sep).join("/")}\n`);
    hash.update(readFileSync(join(packageFolder, path)));
  }
  return hash;
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
