/** Every shipped model, scenario, suite and system loads without a problem. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { repositoryFiles, repositoryRoot } from "../input/repository-files.ts";

const yamlIn = (folder: string): string[] =>
  readdirSync(join(repositoryRoot, folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(repositoryRoot, folder, file));

const idOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1, -".yaml".length);

describe.each([
  ["workloads/models", loadModel],
  ["workloads/scenarios", loadScenario],
  ["workloads/suites", loadSuite],
  ["hardware", loadSystem],
] as const)("%s", (folder, load) => {
  test.each(yamlIn(folder).map((path) => [idOf(path), path]))("%s loads and is named as its file", (id, path) => {
    expect(load(path, repositoryFiles()).name).toBe(id);
  });
});
