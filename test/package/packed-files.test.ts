/** The package holds what is needed and nothing else. */
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { init, parse } from "es-module-lexer";
import { beforeAll, expect, test } from "vitest";
import { folderWith } from "../cli/call.ts";
import { type Installed, installedIn } from "./installed.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

let installed: Installed;
let manifest: Manifest;

beforeAll(async () => {
  installed = installedIn(folderWith({}));
  manifest = JSON.parse(readFileSync(join(installed.own, "package.json"), "utf8")) as Manifest;
  await init;
});

const modules = () =>
  installed.files.filter((file) => /^(bin|dist(?!\/(play|web)))\/.*(\.[cm]?js|\.d\.ts)$/.test(file));
const moduleImports = () => modules().flatMap((file) => importsOf(file).map((name) => ({ file, name })));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(installed.own, file), "utf8");
  if (file.endsWith(".cjs") || file.startsWith("bin/")) return requiredBy(text);
  if (file.endsWith(".js")) return parse(text)[0].flatMap(({ specifier }) => specifier ?? []);
  return [...text.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, name]) => name!);
}

/** cli-table3 asks for it only for colours, which rtmm draws itself. */
const unused = "@colors/colors/safe";

/** Of files that esbuild or tsc has written. In quotes, the call is part of what a package writes itself. */
const requiredBy = (text: string): readonly string[] =>
  [...text.matchAll(/(?<!['\w])(?:require|hostImport|import)\("([^"]+)"\)/g)]
    .map(([, name]) => name!)
    .filter((name) => name !== unused);

function target(file: string, name: string): string {
  const path = join(dirname(file), name);
  return file.endsWith(".d.ts") ? path.replace(/(\.d)?\.[jt]s$/, ".d.ts") : path;
}

test("the folders and files of the package", () => {
  const parts = installed.files.map((file) =>
    file
      .split("/")
      .slice(0, file.startsWith("docs/") ? 2 : 1)
      .join("/"),
  );
  const own = new Set(parts.filter((part) => !/^docs\/(adversary-map|api|figures|images|.*\.md)$/.test(part)));
  const texts = ["CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "package.json"];
  const folders = ["bin", "dist", "hardware", "python", "schema", "template", "workloads"];
  expect([...own].sort()).toEqual([...texts, ...folders].sort());
});

test("every import is in the package or a dependency of it", () => {
  const files = new Set(installed.files);
  const packages = Object.keys(manifest.dependencies);
  const isThere = ({ file, name }: { readonly file: string; readonly name: string }) => {
    if (name.startsWith(".")) return files.has(target(file, name));
    return isBuiltin(name) || packages.some((each) => name === each || name.startsWith(`${each}/`));
  };
  expect(moduleImports().length).toBeGreaterThan(500);
  expect(moduleImports().filter((each) => !isThere(each))).toEqual([]);
});

test("every module is imported, exported or started", () => {
  const exported = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [] : Object.values(entry),
  );
  // By name: the command, two kinds of threads and a child process that it starts, and the script that load.cjs reads.
  const started = ["point-worker", "watchdog-thread", "watched-run", "program"].map(
    (name) => `dist/program/${name}.cjs`,
  );
  const used = new Set([
    "bin/rtmm.js",
    ...started,
    ...exported.map((file) => file.slice("./".length)),
    ...moduleImports().map(({ file, name }) => target(file, name)),
  ]);
  expect(modules().filter((file) => !used.has(file))).toEqual([]);
});

test("commands that read files of the package find them", () => {
  const { rtmm } = installed;
  const failed = [
    ["run", "vr-gaming", "--audit"],
    ["compare", "vr-gaming", "--schedulers", "fcfs,edf", "--seeds", "1", "-j", "2"],
    ["report", "vr-gaming", "-o", "report.html"],
    ["plot", "sla", "vr-gaming", "-o", "sla.pdf"],
    ["plot", "sla", "vr-gaming", "-o", "sla.png"],
    ["init", "--python", "python"],
  ]
    .map((words) => ({ words, ...rtmm(...words) }))
    .filter(({ code }) => code !== 0);
  expect(failed).toEqual([]);
});

test("what is only for work on rtmm itself stays out", () => {
  // The pages of the API, where somebody has made them, are TypeDoc's.
  const own = installed.files.filter((file) => !file.startsWith("docs/api/"));
  const others = own.filter((file) =>
    /(^results|(^|\/)(src|test|bench|scripts|node_modules|\.[^/]*))(\/|$)/.test(file),
  );
  expect(others).toEqual([]);
});
