/** Every shipped file, read and written again by YAML 1.1 tools, means what it meant. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import type { FileKind, Resolver } from "../../src/scenario/resolver.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { call, folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";
import { shippedFile, shippedFiles, shippedNames } from "./shipped-files.ts";

const load: Readonly<Record<FileKind, (path: string, files: Resolver) => unknown>> = {
  model: loadModel,
  scenario: loadScenario,
  suite: loadSuite,
  system: loadSystem,
};
const folders = [
  "workloads/models",
  "workloads/scenarios",
  "workloads/suites",
  "workloads/experiments",
  "workloads/ranges",
  "hardware",
];

/** All shipped files in one folder, where each finds the others. */
function allInOne(): string {
  const folder = folderWith({});
  mkdirSync(folder, { recursive: true });
  for (const from of folders) cpSync(join(repository, from), folder, { recursive: true });
  return folder;
}

const yamlIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** Reads on, off, yes and no as true and false, as YAML 1.1 has it. */
function writtenByYaml11(): string {
  const folder = allInOne();
  for (const name of yamlIn(folder)) {
    const path = join(folder, name);
    const value: unknown = parse(readFileSync(path, "utf8"), { version: "1.1" });
    writeFileSync(path, stringify(value, { version: "1.1" }));
  }
  return folder;
}

const python = `
import glob, sys, yaml
for path in glob.glob(sys.argv[1] + "/*.yaml"):
    value = yaml.safe_load(open(path, encoding="utf-8"))
    yaml.safe_dump(value, open(path, "w", encoding="utf-8"), allow_unicode=True)
`;

/** Undefined where there is no Python with PyYAML. */
function writtenByPyYaml(): string | undefined {
  if (spawnSync("python3", ["-c", "import yaml"]).status !== 0) return undefined;
  const folder = allInOne();
  const { status, stderr } = spawnSync("python3", ["-c", python, folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

const writers = [
  ["the yaml package", writtenByYaml11],
  ["PyYAML", writtenByPyYaml],
] as const;

describe.each(writers)("after a round trip through %s", (_name, write) => {
  const folder = write();
  if (folder === undefined) {
    test.skip("skipped: python3 has no module yaml (pip install pyyaml)", () => {});
    return;
  }
  const written: Resolver = {
    ...shippedFiles(),
    resolve: (_kind, name) => (name.includes("/") ? undefined : join(folder, `${name}.yaml`)),
  };

  test("on and off have become true and false", () => {
    expect(readFileSync(join(folder, "xr-soc-2.yaml"), "utf8")).toMatch(/startUp: true/);
  });
  test.each(["model", "scenario", "suite", "system"] as const)("every %s is the same", (kind) => {
    // Less the folders of the files that it names.
    const loaded = (path: string, files: Resolver): unknown =>
      JSON.parse(JSON.stringify(load[kind](path, files)).replaceAll(/"\/[^"]*\//g, '"'));
    for (const name of shippedNames(kind)) {
      const original = loaded(shippedFile(kind, name), shippedFiles());
      expect(loaded(join(folder, `${name}.yaml`), written), name).toEqual(original);
    }
  });
  test("every experiment is valid", async () => {
    const names = readdirSync(join(repository, "workloads/experiments"));
    const { code, stderr } = await call(["validate", ...names.map((name) => `./${name}`)], { cwd: folder });
    expect([code, stderr]).toEqual([0, ""]);
  });
  test.each([
    ["vr-gaming", "xr-soc-2"],
    ["ar-assistant", "measured-xr-soc"],
    ["dream-drone-indoor", "dream-3-ws-os-os-4k"],
    ["prema-multi-tenant", "planaria-16"],
  ])("a run of %s on %s has the same hash", async (scenario, system) => {
    const hashOf = async (cwd: string, ...words: readonly string[]) => {
      const { stdout, stderr } = await call(["run", ...words, "-s", "dream", "-f", "json"], { cwd });
      expect(stdout, stderr).not.toBe("");
      return (JSON.parse(stdout) as { resultHash: string }).resultHash;
    };
    const rewritten = await hashOf(folder, `./${scenario}.yaml`, "-S", `./${system}.yaml`);
    expect(rewritten).toBe(await hashOf(repository, scenario, "-S", system));
  });
});
