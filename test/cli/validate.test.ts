/** `rtmm validate`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

test("tells kinds apart and says ok", async () => {
  const cwd = folderWith({ ...small, "all.yaml": "name: all\nscenarios: [small]\n" });
  const { code, stdout, stderr } = await call(["validate", "a.yaml", "small.yaml", "soc.yaml", "all.yaml"], { cwd });
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: "ok  a.yaml (model)\nok  small.yaml (scenario)\nok  soc.yaml (system)\nok  all.yaml (suite)\n",
    stderr: "",
  });
});

test("tells experiments by what a suite has not, or by their first line", async () => {
  const cwd = folderWith({
    ...small,
    "grid.yaml": "name: grid\nscenarios: [small]\nsystems: [soc]\nschedulers: [edf]\n",
    "list.yaml": "name: list\npoints: [{ scenario: small, system: soc, scheduler: edf }]\n",
    "first.yaml": "# yaml-language-server: $schema=schema/experiment.schema.json\nname: first\nscenarios: [small]\n",
    "bad.yaml": "name: bad\nscenarios: [smal]\nsystems: [soc]\nschedulers: [edff]\n",
  });
  const { code, stdout, stderr } = await call(["validate", "grid.yaml", "list.yaml", "first.yaml", "bad.yaml"], {
    cwd,
  });
  expect([code, stdout]).toEqual([2, "ok  grid.yaml (experiment)\nok  list.yaml (experiment)\n"]);
  expect(stderr).toContain('first.yaml:2:1: an experiment needs "systems"');
  expect(stderr).toContain('bad.yaml:2:13: unknown scenario or suite "smal"; did you mean "small"?');
  expect(stderr).toContain('bad.yaml:4:14: unknown scheduler "edff"; did you mean "edf"?');
});

test("an experiment is nothing to run, compare or show", async () => {
  const cwd = folderWith({
    ...small,
    "e.yaml": "name: e\npoints: [{ scenario: small, system: soc, scheduler: edf }]\n",
  });
  for (const command of [
    ["run", "e.yaml"],
    ["compare", "e.yaml"],
    ["show", "e.yaml"],
  ]) {
    const { code, stderr } = await call(command, { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining("e.yaml is an experiment")]);
  }
});

test("prints the problems of all files, each once, and names those that are sound", async () => {
  const cwd = folderWith({
    ...small,
    "b.yaml": "name: b\nlayers: [{ type: convv }]\n",
    "soc.csv": "model,accelerator,latencyMs\na,npv,1\n",
    "other.yaml": "hello: world\n",
  });
  const { code, stdout, stderr } = await call(
    ["validate", "a.yaml", "b.yaml", "small.yaml", "soc.yaml", "other.yaml"],
    {
      cwd,
    },
  );
  expect([code, stdout]).toEqual([2, "ok  a.yaml (model)\n"]);
  expect(stderr.match(/b[.]yaml:2:/g)).toHaveLength(1);
  expect(stderr).toContain("soc.csv:2:3: ");
  expect(stderr).toContain("other.yaml:1:1: unknown kind of file");
});

test("everything that is shipped is sound", async () => {
  const folders = [
    "workloads/models",
    "workloads/scenarios",
    "workloads/suites",
    "workloads/experiments",
    "workloads/ranges",
    "hardware",
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => join(folder, file)),
  );
  const { code, stderr } = await call(["validate", ...files]);
  expect([code, stderr]).toEqual([0, ""]);
});
