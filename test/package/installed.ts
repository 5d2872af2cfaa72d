/** Packs rtmm and unpacks it in another folder, beside links to what it depends on: an installation without a network. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Called } from "../cli/call.ts";
import { repository } from "../repository.ts";

export interface Installed {
  /** Of the package. */
  readonly own: string;
  /** Relative to the package. */
  readonly files: readonly string[];
  called(command: string, ...words: string[]): Called;
  rtmm(...words: string[]): Called;
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

export function installedIn(folder: string): Installed {
  const called = (command: string, ...words: string[]): Called => {
    const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: "utf8" });
    return { code: status!, stdout, stderr };
  };
  const packing = spawnSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const [{ filename, files }] = JSON.parse(packing.stdout) as [Packed];
  const own = join(folder, "node_modules/rtmm");
  mkdirSync(own, { recursive: true });
  called("tar", "-xzf", filename, "--strip-components=1", "-C", own);
  const { dependencies } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as { dependencies: object };
  for (const name of Object.keys(dependencies)) linkPackage(name, join(folder, "node_modules", name));
  return {
    own,
    files: files.map(({ path }) => path),
    called,
    rtmm: (...words) => called(process.execPath, join(own, "bin/rtmm.js"), ...words),
  };
}

function linkPackage(name: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(repository, "node_modules", name), link);
}
