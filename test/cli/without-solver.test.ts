/** An installation without the package highs: what needs bounds says so, what can do without does. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";

// Test files share their modules: rtmm is loaded anew here, and once more by whatever comes after.
vi.resetModules();
vi.doMock("highs", () => {
  throw new Error("Cannot find package 'highs'");
});
const { call, folderWith, small } = await import("./call.ts");
afterAll(() => {
  vi.doUnmock("highs");
  vi.resetModules();
});

const files = {
  ...small,
  "slow.yaml": "name: slow\ndurationMs: 40\ntasks:\n  - { id: camera, model: a.yaml, fps: 100 }\n",
};
const reason = "the solver of bounds cannot be loaded; install it beside rtmm: npm install highs\n";

test.each([
  ["bound", ["bound", "slow", "-S", "soc"]],
  ["compare --bound", ["compare", "slow", "-S", "soc", "-s", "edf", "--bound"]],
  ["adversary --bound", ["adversary", "--a", "edf", "--bound"]],
  ["capacity", ["capacity", "slow", "-S", "soc", "-s", "edf"]],
])("%s stops and says what to install", async (_, argv) => {
  const { code, stdout, stderr } = await call(argv, { cwd: folderWith(files) });
  expect([code, stdout, stderr]).toEqual([1, "", `error: ${reason}`]);
});

test("show tells the scenario without its feasibility", async () => {
  const { code, stdout, stderr } = await call(["show", "slow", "--system", "soc"], { cwd: folderWith(files) });
  expect([code, stderr]).toEqual([0, `note: no feasibility on soc: ${reason}`]);
  expect(stdout).toMatch(/^slow\n/);
  expect(stdout).not.toContain("Feasibility");
});

test("a figure of a run and a report are made without bounds", async () => {
  const cwd = folderWith(files);
  // 3 ms of work every 3.3 ms: jobs miss, so a report would look for what no scheduler can do.
  const run = ["slow", "-S", "soc", "--rate-scale", "20"];
  const plotted = await call(["plot", "sla", ...run, "-o", "a.svg"], { cwd });
  expect([plotted.code, plotted.stderr]).toEqual([0, expect.stringContaining(`note: no bounds: ${reason}`)]);
  const reported = await call(["report", ...run, "-o", "a.html"], { cwd });
  expect([reported.code, reported.stderr]).toEqual([0, expect.stringContaining(`note: no bounds: ${reason}`)]);
  expect(existsSync(join(cwd, "a.html"))).toBe(true);
});
