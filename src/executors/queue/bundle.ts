/** The files that a sweep sends to its workers, so that no shared disk is needed. Workers have the built-in files. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { InputFile } from "../../records/run-result.ts";
import { policyFiles } from "./policy-files.ts";
import type { BundledPath } from "./protocol.ts";

export interface Bundle {
  readonly paths: readonly BundledPath[];
  /** Compressed, keyed by the file's SHA-256. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** Redis holds the files in memory, and every worker fetches them. */
const MOST_MEGABYTES = 128;

/** Throws RequestError if a file has changed since it was checked or cannot be sent. */
export async function bundleOf(inputs: readonly InputFile[], library: Library): Promise<Bundle> {
  const paths = new Map<string, BundledPath>();
  const contents = new Map<string, Buffer>();
  const checked = new Map(inputs.map((input) => [library.absolute(input.path), input.sha256]));
  let bytes = 0;
  for (const input of inputs) {
    if (input.from === "built-in") continue;
    if (input.from === "command")
      throw new RequestError(`${input.path} cannot be sent to workers: a process needs its own machine; use --shard`);
    for (const file of input.role === "scheduler" ? await policyFiles(input.path, library) : [input.path]) {
      const path = library.absolute(file);
      if (paths.has(path)) continue;
      const content = library.read(file);
      const sha256 = createHash("sha256").update(content).digest("hex");
      if (sha256 !== (checked.get(path) ?? sha256)) throw new RequestError(`${file} changed while it was being read`);
      paths.set(path, { path, sha256 });
      if (!contents.has(sha256)) contents.set(sha256, gzipSync(content, { level: 1 }));
      bytes += contents.get(sha256)!.length;
      refuseTooMuch(bytes);
    }
  }
  return { paths: [...paths.values()], contents };
}

function refuseTooMuch(bytes: number): void {
  if (bytes <= MOST_MEGABYTES * 1e6) return;
  const remedy = "use --shard on machines that share a disk";
  throw new RequestError(`the files of this sweep, compressed, exceed ${MOST_MEGABYTES} MB; ${remedy}`);
}
