/** The program as one script: its code cache, and the modules that those who import it meet. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageFolder } from "../../src/files/package-folder.ts";
import { folderWith } from "../cli/call.ts";

const folder = join(packageFolder, "dist/program");

/** What a script prints that is told where the program is. */
function printed(script: string, where = folder): unknown {
  const words = ["-e", script, join(where, "load.cjs")];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", cwd: packageFolder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

const asksCache = "console.log(require(process.argv[1]).script.cachedDataRejected ?? null)";

test("V8 takes the code cache that the build has made", () => {
  expect(printed(asksCache)).toBe(false);
});

test.each(["", "of another version"])("the program runs with the cache %j, which is no cache", (text) => {
  const copy = folderWith({});
  const program = join(copy, "dist/program");
  mkdirSync(program, { recursive: true });
  for (const name of ["load.cjs", "program.cjs"]) copyFileSync(join(folder, name), join(program, name));
  writeFileSync(join(program, "program.cache"), text);
  expect(printed(asksCache, program)).toBe(true);
  rmSync(join(program, "program.cache"));
  expect(printed(asksCache, program)).toBeNull();
});

test("importers and the command line meet the same modules", () => {
  const script = `
    const { index } = require(process.argv[1]).entries;
    const others = (own) => Object.keys(index).filter((name) => own[name] !== index[name]);
    import("rtmm").then((own) => console.log(JSON.stringify({ others: others(own), all: Object.keys(own).length })));`;
  const { others, all } = printed(script) as { readonly others: readonly string[]; readonly all: number };
  expect(others).toEqual([]);
  expect(all).toBeGreaterThan(10);
});
