/** Who may import what (house style, section 1); type imports count. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const source = join(import.meta.dirname, "../src");

/** Folders of src that a folder may import, beside itself. */
const folders: Readonly<Record<string, readonly string[]>> = {
  core: [],
  schedulers: ["core"],
  cost: ["core"],
  metrics: ["core"],
  input: [],
  scenario: ["core", "input"],
  system: ["core", "input"],
  import: ["core", "input"],
  output: ["core", "metrics", "input"],
  experiment: ["core", "schedulers", "cost", "metrics", "input", "scenario", "system", "import", "output"],
  cli: ["core", "schedulers", "cost", "metrics", "input", "scenario", "system", "import", "output", "experiment"],
};

/** Packages and Node modules that a folder may import. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [],
  schedulers: [],
  cost: [],
  metrics: [],
  input: ["yaml", "ajv", "csv-parse", "node:module"],
  scenario: ["yaml"],
  system: ["yaml"],
  import: ["yaml"],
  output: ["chalk", "cli-table3", "csv-stringify", "fast-xml-parser", "node:module", "node:util"],
  experiment: [
    "bullmq",
    "es-module-lexer",
    "ioredis",
    "node:child_process",
    "node:crypto",
    "node:events",
    "node:fs",
    "node:module",
    "node:os",
    "node:path",
    "node:timers/promises",
    "node:url",
    "node:util",
    "node:worker_threads",
    "node:zlib",
    "piscina",
    "pure-rand",
    "simple-statistics",
  ],
  cli: [
    "cli-progress",
    "commander",
    "node:fs",
    "node:module",
    "node:os",
    "node:path",
    "node:url",
    "node:util",
    "node:vm",
  ],
};

/** Files of the core that policies, costs and metrics may see: the contract and the records, never the engine. */
const records: Readonly<Record<string, readonly string[]>> = {
  schedulers: ["scheduler"],
  cost: ["costs", "layer", "model", "system", "directive", "dataflows"],
  metrics: ["records", "costs", "model", "scenario", "system"],
  output: ["result", "records", "scenario", "scheduler", "system", "model"],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({ file, specifier: fileName }));
});

const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "index.ts");
const isRelative = ({ specifier }: Import): boolean => specifier.startsWith(".");
const targetOf = ({ file, specifier }: Import): string =>
  relative(source, resolve(source, dirname(file), specifier)).replaceAll("\\", "/");
const text = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

test("every folder of src has its line in the table", () => {
  expect([...new Set(files.map(folderOf))].sort()).toEqual([...Object.keys(folders), "index.ts"].sort());
});

describe.each(Object.keys(folders))("src/%s", (folder) => {
  const own = imports.filter(({ file }) => folderOf(file) === folder);

  test("imports only the folders that the table allows", () => {
    const allowed = [folder, ...folders[folder]!];
    const wrong = own.filter((each) => isRelative(each) && !allowed.includes(folderOf(targetOf(each))));
    expect(wrong.map(text)).toEqual([]);
  });

  test("imports only the packages that the table allows", () => {
    const allowed = packages[folder]!;
    const isAllowed = ({ specifier }: Import) =>
      allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`));
    expect(own.filter((each) => !isRelative(each) && !isAllowed(each)).map(text)).toEqual([]);
  });
});

test.each(Object.keys(records))("src/%s sees only contract and records of the core", (folder) => {
  const allowed = records[folder]!.map((name) => `core/${name}.ts`);
  const ofCore = imports.filter((each) => folderOf(each.file) === folder && targetOf(each).startsWith("core/"));
  expect(ofCore.filter((each) => !allowed.includes(targetOf(each))).map(text)).toEqual([]);
});

test("type imports, re-exports and dynamic imports are seen", () => {
  const seen = imports.map(text);
  expect(seen).toContain("core/costs.ts imports ./model.ts");
  expect(seen).toContain("cli/commands.ts imports ./commands/run.ts");
  expect(seen).toContain("index.ts imports ./core/simulate.ts");
});

test("index.ts only re-exports", () => {
  const file = ts.createSourceFile("index.ts", readFileSync(join(source, "index.ts"), "utf8"), ts.ScriptTarget.Latest);
  expect(file.statements.every((statement) => ts.isExportDeclaration(statement))).toBe(true);
});

test("only the command line writes to the console or ends the process", () => {
  // A worker thread starts by itself: what policies print in it has to be kept from stdout there.
  const isAlone = (file: string) => folderOf(file) !== "cli" && file !== "executors/threads/point-worker.ts";
  const prints = files.filter(isAlone).filter((file) => {
    const code = readFileSync(join(source, file), "utf8");
    return /\bconsole\.|\bprocess\.(exit|stdout|stderr|argv)/.test(code);
  });
  expect(prints).toEqual([]);
});
