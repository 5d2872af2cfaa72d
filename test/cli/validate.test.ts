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
  expect(stderr).toContain("other.yaml:1:1: cannot tell what this is");
});

test("everything that is shipped is sound", async () => {
  const folders = ["workloads/models", "workloads/scenarios", "workloads/suites", "hardware"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => join(folder, file)),
  );
  const { code, stderr } = await call(["validate", ...files]);
  expect([code, stderr]).toEqual([0, ""]);
});
