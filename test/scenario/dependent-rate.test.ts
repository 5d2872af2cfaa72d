/** An `fps` on a dependent task sets a deadline; where it looks like a rate that is none, rtmm says so. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Problem } from "../../src/input/problem.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { withCase } from "../shared.ts";

function warningsIn(text: string): readonly Problem[] {
  const warnings: Problem[] = [];
  loadScenario("s.yaml", memoryFiles({ "s.yaml": text }, warnings));
  return warnings;
}

const tasks = (root: string, dependent: string) => `name: s
durationMs: 100
tasks:
  - { id: imu, model: { name: a, layers: measured }, ${root} }
  - { id: warp, model: { name: b, layers: measured }, after: imu, ${dependent} }
`;

test("another rate than the root's is told at its place, with the deadline that it is", () => {
  const [warning, ...others] = warningsIn(tasks("fps: 500", "fps: 120"));
  expect(warning).toMatchObject({ severity: "warning", code: "NO_EFFECT", line: 5, column: 67 });
  expect(warning!.message).toBe(
    'fps: 120 is no rate here: warp comes with the jobs of imu (500 fps), and it only sets the deadline, as deadlineMs: 8.333333 would; for a rate of its own, give it "reads" instead of "after"',
  );
  expect(others).toEqual([]);
});
test("a period is told likewise, unless it is the root's", () => {
  expect(warningsIn(tasks("periodMs: 2", "periodMs: 8"))[0]!.message).toContain(
    "periodMs: 8 is no rate here: warp comes with the jobs of imu (every 2 ms), and it only sets the deadline, as deadlineMs: 8",
  );
  expect(warningsIn(tasks("fps: 500", "periodMs: 2"))).toEqual([]);
  expect(warningsIn(tasks("periodMs: 2", "fps: 500"))).toEqual([]);
});
test("beside a deadline it does nothing", () => {
  expect(warningsIn(tasks("fps: 500", "deadlineMs: 5, fps: 120"))[0]!.message).toContain(
    "with a deadlineMs it does nothing",
  );
});
test("a root without a rate makes any fps none", () => {
  const poisson = "deadlineMs: 5, arrival: { kind: poisson, ratePerS: 120 }";
  expect(warningsIn(tasks(poisson, "fps: 120"))[0]!.message).toContain("comes with the jobs of imu, and");
});
test("the root's own rate is nothing to tell, however many tasks lie between", () => {
  const chain = `${tasks("fps: 500", "fps: 500")}  - { id: last, model: { name: c, layers: measured }, after: warp, fps: 500 }\n`;
  expect(warningsIn(chain)).toEqual([]);
});

withCase("9-multirate-fusion", (folder) => {
  test.each(["down.yaml", "illixr.yaml"])("case 9-multirate-fusion: %s is told that 120 fps is no rate", (file) => {
    const messages = warningsIn(readFileSync(join(folder, file), "utf8")).map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringContaining("fps: 120 is no rate here: warp comes with the jobs of imu (500 fps)"),
    ]);
  });
});
