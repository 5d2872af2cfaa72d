/** What a run tells beyond its result, of a scenario that is worked by hand in test/cli/run.test.ts. */
import { expect, test } from "vitest";
import { small } from "../cli/call.ts";
import { pictured, picturedSmall } from "../figures/pictured.ts";

test("terms of UXCost: a task without violations counts as half a violation", async () => {
  const { details, result } = await picturedSmall();
  expect(details!.tasks.map(({ id, violationTerm, energyTerm }) => [id, violationTerm, energyTerm])).toEqual([
    ["camera", 1 / 4, 1],
    ["detect", 1, 1],
    ["audio", 1 / 2, 1],
    ["touch", 1, 0],
  ]);
  expect(result.metrics.uxCost).toBe((1 / 4 + 1 + 1 / 2 + 1) * 3);
});

test("deadlines count from the release, which of a dependent job comes late", async () => {
  const { details } = await picturedSmall();
  expect(details!.tasks.map(({ deadlineMs }) => deadlineMs)).toEqual([
    { least: 2, most: 2 },
    { least: 0.2, most: 0.7 },
    { least: 0.4, most: 0.4 },
    { least: 0.1, most: 0.1 },
  ]);
});

test("response times: the least, then each per cent by nearest rank; null where no job completed", async () => {
  const { details } = await picturedSmall();
  const [camera, detect, , touch] = details!.tasks;
  expect(camera!.responseMs).toEqual([1.3, ...Array(50).fill(1.3), ...Array(50).fill(1.8)]);
  expect(detect!.responseMs).toEqual(Array(101).fill(1.5));
  expect(touch!.responseMs).toBeNull();
});

test("energy is told by what it was for", async () => {
  const { details } = await picturedSmall();
  const [npu] = details!.accelerators;
  expect(npu).toEqual({ id: "npu", inTimeMj: 1.1, lateMj: 4, lostMj: 0, switchesMj: 0, weightsMj: 0 });
});

test("an energy that the costs do not have is null, not 0", async () => {
  const csv = small["soc.csv"].replace("b,npu,1.5,2", "b,npu,1.5,");
  const { details } = await picturedSmall({ "soc.csv": csv });
  expect(details!.accelerators[0]).toMatchObject({ inTimeMj: 1.1, lateMj: null });
  expect(details!.tasks[1]).toMatchObject({ violationTerm: 1, energyTerm: null });
});

test("what a kill throws away, and what a dropped job took, is lost", async () => {
  const yaml = `name: killed
durationMs: 10
tasks:
  - { id: slow, model: a.yaml, arrival: { kind: trace, timesMs: [0] }, deadlineMs: 9, priority: 1 }
  - { id: fast, model: c.yaml, arrival: { kind: trace, timesMs: [0.5] }, deadlineMs: 1, priority: 9 }
`;
  const { details } = await pictured(
    { ...small, "killed.yaml": yaml },
    { scenarios: ["killed.yaml"], system: "soc.yaml", scheduler: "hpf", params: { mechanism: "kill" } },
  );
  // Half of the 0.5 mJ of slow is thrown away at 0.5 ms; it takes all of it again at 0.8.
  expect(details!.accelerators[0]).toMatchObject({ inTimeMj: 0.6, lateMj: 0, lostMj: 0.25 });
});
