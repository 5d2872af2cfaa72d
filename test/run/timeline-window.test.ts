/** The window that a timeline has if none is given, and those that are refused. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import { timelineWindow } from "../../src/run/timeline-window.ts";
import { periodic } from "../releases.ts";
import { type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";

const programOf = (world: SmallWorld) => {
  const { scenario, system, costTable } = smallScenario(world);
  return compile(scenario, system, costTable);
};

type Release = NonNullable<SmallTask["release"]>;

const lengthFor = (...releases: readonly Release[]): number => {
  const tasks = releases.map((release, i) => ({ id: `t${i}`, layersNs: [4e6], release }));
  const window = timelineWindow({}, programOf({ durationNs: 1e9, tasks }), 0);
  return window.kind === "first-miss" ? window.lengthNs / 1e6 : Number.NaN;
};

const trace = (jobs: number) =>
  ({ kind: "trace", releases: Array.from({ length: jobs }, (_, i) => ({ releaseNs: i })) }) as const;

const cases: readonly (readonly [string, readonly Release[], number])[] = [
  ["60 and 30 fps: 50 ms", [periodic(30), periodic(60)], 50],
  ["45 fps: 66.7 ms, so 100", [periodic(45)], 100],
  ["dependent tasks follow", [periodic(60), { kind: "after", taskIndexes: [0], probability: 1 }], 50],
  ["100 random jobs a second: 30 ms, so 50", [{ kind: "poisson", ratePerS: 100, offsetNs: 0 }], 50],
  ["500 jobs in a second: 6 ms, so 10", [{ kind: "one-shot", count: 500, fromNs: 0, toNs: 9 }], 10],
  ["3000 rows in a second: 1 ms", [trace(3000)], 1],
  ["no row at all: the run", [trace(0)], 5000],
  ["2 clients that think 6 ms and wait 4 ms: 15 ms, so 20", [closed(2, 6e6)], 20],
];

describe("the usual length has room for three jobs of the task that releases most often", () => {
  test.each(cases)("%s", (_, releases, lengthMs) => expect(lengthFor(...releases)).toBe(lengthMs));
});

function closed(clients: number, thinkNs: number) {
  return { kind: "closed", clients, thinkNs, think: "constant", offsetNs: 0 } as const;
}

const sixty = programOf({ durationNs: 1e9, tasks: [{ id: "t", layersNs: [4e6], release: periodic(60) }] });

test("the search for a miss begins after the warm-up", () => {
  expect(timelineWindow({}, sixty, 200)).toEqual({ kind: "first-miss", startNs: 2e8, lengthNs: 5e7 });
});

test("a window needs one of its ends only", () => {
  expect(timelineWindow({ fromMs: 12.5 }, sixty, 200)).toEqual({ kind: "fixed", fromNs: 12.5e6, toNs: 62.5e6 });
  expect(timelineWindow({ toMs: 20 }, sixty, 0)).toEqual({ kind: "fixed", fromNs: 0, toNs: 2e7 });
  expect(timelineWindow({ fromMs: 990, toMs: 2000 }, sixty, 0)).toEqual({ kind: "fixed", fromNs: 9.9e8, toNs: 2e9 });
});

test("a window that is empty or begins after the last release is refused", () => {
  expect(() => timelineWindow({ fromMs: 20, toMs: 20 }, sixty, 0)).toThrow("--from-ms 20 must be less than --to-ms 20");
  expect(() => timelineWindow({ fromMs: 1000 }, sixty, 0)).toThrow(
    "--from-ms 1000 is not in the run: small releases jobs for 1000 ms; choose an earlier time",
  );
});
