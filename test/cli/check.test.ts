/** `rtmm check` as a user calls it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import type { CheckReport } from "../../src/records/check-report.ts";
import { call, folderWith, importing, small } from "./call.ts";
import { alter, check, path, policy, read, save, saved } from "./gate.ts";

describe("rtmm check", () => {
  test("names a policy whose file was changed", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    writeFileSync(join(cwd, "mine.js"), policy("last"));
    const { code, stdout } = await check(cwd);
    expect(code).toBe(3);
    expect(stdout).toContain("small on soc: mine (inputs)");
    expect(stdout).toMatch(/- input mine\.js: sha256 [0-9a-f]{12}… then, [0-9a-f]{12}… now/);
    expect(stdout).not.toContain("small on soc: edf");
  });

  test("names a file that a policy imports as what moved the policy's rows, and no others", async () => {
    const cwd = folderWith({ ...small, ...importing });
    await save(cwd, "-s", "edf,./mine.js");
    expect(read(cwd).schedulers.map(({ imports }) => imports)).toEqual([undefined, ["lib/pick.js"]]);
    writeFileSync(join(cwd, "lib/pick.js"), "export const pick = (list) => list.at(-1);\n");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([3, expect.stringContaining("small on soc: mine (inputs)")]);
    expect(stdout).toContain("small on soc: edf (code)");
    expect(stdout).toMatch(/- input lib\/pick\.js: sha256 [0-9a-f]{12}… then, [0-9a-f]{12}… now/);
  });

  test("says that the code moved a value where nothing else did", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([3, expect.stringContaining("small on soc: edf (code)")]);
  });

  test("accepts what is better, unless any change is to fail", async () => {
    const cwd = await saved();
    alter(cwd, "energyMj", [1000, 1000]);
    expect((await check(cwd)).code).toBe(0);
    expect((await check(cwd, "--fail-on", "change")).code).toBe(3);
  });

  test("accepts what is within tolerance", async () => {
    const cwd = await saved();
    const now = read(cwd).rows[0]!.values.energyMj!;
    alter(
      cwd,
      "energyMj",
      now.map((value) => value! / 1.015),
    );
    expect((await check(cwd)).code).toBe(3);
    expect((await check(cwd, "--tolerance", "energyMj=2%")).code).toBe(0);
    expect((await check(cwd, "--tolerance", "all=1%,energyMj=50")).code).toBe(0);
    expect((await check(cwd, "--tolerance", "all=1%")).code).toBe(3);
  });

  test("records inputs that moved no value, and passes", async () => {
    const cwd = await saved();
    writeFileSync(join(cwd, "small.yaml"), `# new\n${small["small.yaml"]}`);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining("records what changed")]);
    expect((await check(cwd, "--update")).code).toBe(0);
    expect((await check(cwd)).stdout).not.toContain("input");
  });

  test("--update shows what moved, puts it in the file, and the next check is clean", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    const before = readFileSync(join(cwd, path), "utf8");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout, stderr } = await check(cwd, "--update");
    expect([code, stdout, stderr]).toEqual([
      0,
      expect.stringContaining("check: failed"),
      expect.stringContaining(`wrote ${path}`),
    ]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
    expect((await check(cwd, "--update")).stderr).toContain("is unchanged");
    expect(readdirSync(join(cwd, "results/baselines"))).toEqual(["gate.json"]);
  });

  test("--update leaves a baseline as it is of which a run fails", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    const before = readFileSync(join(cwd, path), "utf8");
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stderr } = await check(cwd, "--update");
    expect([code, stderr]).toEqual([4, expect.stringContaining("was not updated")]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
  });

  test("fails for a requirement that is not met, also when it updates", async () => {
    const cwd = await saved();
    const { code, stdout } = await check(cwd, "--require", "slaSatisfaction>=0.5,uxCost<=0");
    expect([code, stdout]).toEqual([3, expect.stringMatching(/- uxCost<=0: not met/)]);
    expect((await check(cwd, "--require", "slaSatisfaction>=0")).code).toBe(0);
    expect((await check(cwd, "--require", "uxCost<=0", "--update")).code).toBe(3);
  });

  test("writes a JUnit file, also where it fails", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    alter(cwd, "energyMj", [1, 1]);
    expect((await check(cwd, "--junit", "check.xml")).code).toBe(3);
    const text = readFileSync(join(cwd, "check.xml"), "utf8");
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain('tests="2" failures="1" errors="0"');
  });

  test("checks what is named: a name, a file or a folder, each once", async () => {
    const cwd = await saved();
    for (const given of ["gate", path, `./${path}`, "results", "results/baselines/"]) {
      const { code, stdout } = await check(cwd, "gate", given, "-f", "json");
      expect([given, code]).toEqual([given, 0]);
      expect((JSON.parse(stdout) as CheckReport).baselines.map(({ name }) => name)).toEqual(["gate"]);
    }
  });

  test("is ended by Ctrl-C", async () => {
    const cwd = await saved();
    const signal = AbortSignal.abort(new Interruption());
    const { code, stdout } = await call(["check", "--junit", "check.xml"], { cwd, signal });
    expect([code, stdout, existsSync(join(cwd, "check.xml"))]).toEqual([130, "", false]);
  });
});
