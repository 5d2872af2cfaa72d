/** `rtmm run`: where its settings come from, and what its output files are. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";
import { policyFile, runSmall } from "./in-small.ts";

describe("settings", () => {
  test("--print-config prints what --config accepts, with the same result", async () => {
    const { cwd, stdout: direct } = await runSmall("-f", "json", "-s", "llf", "--seed", "5", "--warmup-ms", "1");
    const printed = await call(
      ["run", "small", "-S", "soc", "-s", "llf", "--seed", "5", "--warmup-ms", "1", "--print-config"],
      { cwd },
    );
    expect(printed.stdout).toContain("seed: 5\ndurationMs: 4\nwarmupMs: 1\n");
    const elsewhere = folderWith({ "config.yaml": printed.stdout });
    const { stdout } = await call(["run", "--config", "config.yaml", "-f", "json"], { cwd: elsewhere });
    expect(JSON.parse(stdout).resultHash).toBe(JSON.parse(direct).resultHash);
    const again = await call(["run", "--config", "config.yaml", "--print-config"], { cwd: elsewhere });
    expect(again.stdout).toBe(printed.stdout);
  });

  test("--print-config prints JSON with --format json, and runs nothing", async () => {
    const { stdout, stderr } = await call(["run", "vr-gaming", "--print-config", "-f", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ scenarios: ["vr-gaming"], system: "hda-2-ws-os-4k", durationMs: 1000 });
    expect(stderr).toBe("");
  });

  test("an option wins over the file, and a new scheduler leaves the old one's parameters", async () => {
    const cwd = folderWith({
      "c.yaml": "scenarios: vr-gaming\nscheduler: edf\nparams: { granularity: model }\nseed: 3\n",
    });
    const { stdout } = await call(["run", "--config", "c.yaml", "-s", "llf", "--print-config", "-f", "json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ scheduler: "llf", params: { granularity: "layer" }, seed: 3 });
  });

  test("all problems of a configuration are told with their places", async () => {
    const cwd = folderWith({ "c.yaml": "scenarios: vr-gaming\nsede: 3\nseed: -1\naudit: maybe\n" });
    const { code, stderr } = await call(["run", "--config", "c.yaml"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('c.yaml:2:1: unknown key "sede" in the file; did you mean "seed"?');
    expect(stderr).toContain("c.yaml:3:7: seed must be 0 or more, got -1");
    expect(stderr).toContain("c.yaml:4:8: audit must be true or false");
  });

  test("unknown names in a configuration are told with their places", async () => {
    const lines = ["scenarios: [vr-gaming, vr-gamin]", "system: fda-1-ws-4", "scheduler: edff", "format: jsn"];
    const cwd = folderWith({ "c.yaml": lines.join("\n") });
    const { code, stderr } = await call(["run", "--config", "c.yaml"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('c.yaml:1:24: unknown scenario or suite "vr-gamin"; did you mean "vr-gaming"?');
    expect(stderr).toContain('c.yaml:2:9: unknown system "fda-1-ws-4"; did you mean "fda-1-ws-4k"?');
    expect(stderr).toContain('c.yaml:3:12: unknown scheduler "edff"; did you mean "edf"?');
    expect(stderr).toContain('c.yaml:4:9: unknown format "jsn"; did you mean "json"?');
  });
});

describe("output files", () => {
  test("--out writes result.json and jobs.csv, in a folder a scenario where there are several", async () => {
    const { cwd, stdout } = await runSmall("-o", "out", "-f", "json");
    expect(readFileSync(join(cwd, "out/result.json"), "utf8")).toBe(stdout);
    expect(readFileSync(join(cwd, "out/jobs.csv"), "utf8").split("\n")).toHaveLength(8);
    const several = folderWith({});
    await call(["run", "vr-gaming", "ar-gaming", "-o", "out"], { cwd: several });
    expect(readdirSync(join(several, "out")).sort()).toEqual(["ar-gaming", "vr-gaming"]);
    expect(readdirSync(join(several, "out/ar-gaming")).sort()).toEqual(["jobs.csv", "result.json"]);
  });

  test("a bad output path fails before the simulation, and leaves nothing behind", async () => {
    const { code, stdout, stderr, cwd } = await runSmall("--jobs", "missing/jobs.csv", "-o", "out");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("missing/jobs.csv: its folder does not exist");
    expect(readdirSync(cwd).filter((file) => file.endsWith(".part") || file === "out")).toEqual([]);
    const file = await runSmall("-o", "soc.csv");
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining("a file of that name exists")]);
    const folder = await runSmall("--jobs", ".");
    expect([folder.code, folder.stderr]).toEqual([2, expect.stringContaining("it is a folder")]);
  });

  test("a failed run leaves an older file as it was", async () => {
    const cwd = folderWith({ ...small, "jobs.csv": "old\n", "lazy.mjs": policyFile("decide() {}") });
    const { code } = await call(["run", "small", "-S", "soc", "-s", "./lazy.mjs", "--jobs", "jobs.csv"], { cwd });
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, "jobs.csv"), "utf8")).toBe("old\n");
    expect(existsSync(join(cwd, "jobs.csv.part"))).toBe(false);
  });

  test("a failed run leaves no folder that it made, but the one of a run that finished", async () => {
    const decide =
      "decide(view, decisions) { if (view.nowNs > 5e6) throw new Error('no'); decisions.run(view.readyJobs.first, view.idleAccelerators[0]); }";
    const longer = small["small.yaml"]
      .replace("name: small", "name: longer")
      .replace(/durationMs: .*/, "durationMs: 9");
    const files = {
      ...small,
      "longer.yaml": longer,
      "lazy.mjs": policyFile("decide() {}"),
      "mine.mjs": policyFile(decide),
    };
    const cwd = folderWith(files);
    await call(["run", "small", "longer", "-S", "soc", "-s", "./lazy.mjs", "-o", "a/b"], { cwd });
    expect(existsSync(join(cwd, "a"))).toBe(false);
    const { code } = await call(["run", "small", "longer", "-S", "soc", "-s", "./mine.mjs", "-o", "a/b"], { cwd });
    expect(code).toBe(1);
    expect(readdirSync(join(cwd, "a/b"))).toEqual(["small"]);
    expect(readdirSync(join(cwd, "a/b/small")).sort()).toEqual(["jobs.csv", "result.json"]);
  });

  test("a folder that was there stays", async () => {
    const cwd = folderWith({ ...small, "lazy.mjs": policyFile("decide() {}") });
    mkdirSync(join(cwd, "out"));
    await call(["run", "small", "-S", "soc", "-s", "./lazy.mjs", "-o", "out"], { cwd });
    expect(readdirSync(join(cwd, "out"))).toEqual([]);
  });

  test("--jobs with a number, as elsewhere, says that it names a file here", async () => {
    expect(await runSmall("--jobs", "4")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("names a CSV file"),
    });
  });

  test("--jobs takes one scenario", async () => {
    const { code, stderr } = await call(["run", "vr-gaming", "ar-gaming", "--jobs", "jobs.csv"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--jobs takes one scenario")]);
  });
});
