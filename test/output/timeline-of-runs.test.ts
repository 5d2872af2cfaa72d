/** Timelines of random runs, as text: what each cell and letter must say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { RunTotals, Segment } from "../../src/core/records.ts";
import { simulate } from "../../src/core/simulate.ts";
import type { Timeline } from "../../src/records/timeline.ts";
import { createTimelineLog } from "../../src/records/timeline-log.ts";
import { chaos } from "../core/chaos.ts";
import { randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import { plain, table } from "./timeline-formats.ts";

describe("of random runs", () => {
  const worlds = fc.oneof(randomWorld, randomDynamicWorld);
  const windows = fc.record({ fromNs: fc.nat(1400), lengthNs: fc.integer({ min: 1, max: 1500 }) });
  const widths = fc.integer({ min: 20, max: 120 });

  test("each cell shows what the log says about its time", () => {
    fc.assert(
      fc.property(worlds, windows, widths, fc.nat(1000), (world, { fromNs, lengthNs }, width, salt) => {
        const { timeline, segments } = record(world, { fromNs, toNs: fromNs + lengthNs }, salt);
        const text = table.render(timeline, { ...plain, width });
        const lanes = lanesIn(text, timeline);
        const letters = lettersIn(text, timeline);
        for (const { acceleratorIndex, lane, cells } of lanes) {
          const own = segments.filter((s) => s.acceleratorIndex === acceleratorIndex && s.lane === lane);
          expect(cells).toBe(cellsByHand(own, timeline, cells.length, letters));
        }
        const used = new Set(timeline.slices.map((each) => `${each.acceleratorIndex}/${each.lane}`));
        expect(lanes.filter(({ cells }) => /[^.]/.test(cells)).length).toBe(used.size);
      }),
      propertyRuns(150),
    );
  });

  test("all rows of accelerators are equally wide, and no line is wider than the screen or 80 columns", () => {
    fc.assert(
      fc.property(worlds, windows, widths, fc.nat(1000), (world, { fromNs, lengthNs }, width, salt) => {
        const { timeline } = record(world, { fromNs, toNs: fromNs + lengthNs }, salt);
        for (const symbols of ["ascii", "unicode"] as const) {
          const lines = table.render(timeline, { ...plain, symbols, width }).split("\n");
          expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(80, Math.max(40, width)));
          const rows = lines.filter((line) => /^a\d/.test(line));
          expect(rows.length).toBeGreaterThanOrEqual(timeline.accelerators.length);
          expect(new Set(rows.map((line) => line.length)).size).toBe(1);
        }
      }),
      propertyRuns(50),
    );
  });

  test("the legend of a whole run adds up to its utilisation and its jobs", () => {
    fc.assert(
      fc.property(worlds, fc.nat(1000), (world, salt) => {
        const { timeline, totals, ended } = record(world, { fromNs: 0, toNs: 1e9 }, salt);
        const rows = legendIn(table.render(timeline, plain));
        const units = timeline.accelerators.reduce((sum, each) => sum + each.units, 0);
        const busyNs = totals.accelerators.reduce((sum, each) => sum + each.busyNs, 0);
        const shown = rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
        // Four digits of each of at most five tasks.
        expect(shown).toBeCloseTo((100 * busyNs) / (units * Math.max(totals.endNs, 1500)), 0.5);
        expect(rows.reduce((sum, row) => sum + Number(row.at(-4)), 0)).toBe(ended);
      }),
      propertyRuns(50),
    );
  });
});

interface Recorded {
  readonly timeline: Timeline;
  readonly segments: readonly Segment[];
  readonly totals: RunTotals;
  readonly ended: number;
}

function record(world: SmallWorld, window: { readonly fromNs: number; readonly toNs: number }, salt: number): Recorded {
  const { scenario, system, costTable } = smallScenario(world);
  const log = createTimelineLog(scenario, system, { kind: "fixed", ...window });
  const segments: Segment[] = [];
  let ended = 0;
  const count = () => {
    ended += 1;
  };
  const own = { segmentEnded: (each: Segment) => segments.push(each), jobCompleted: count, jobDropped: count };
  const observer = together([log.observer, own]);
  const options = { seed: world.seed ?? 1, observer };
  const totals = simulate(compile(scenario, system, costTable), chaos, { salt, lateDrop: true }, options);
  return { timeline: log.finish(), segments, totals, ended };
}

/** The rows of lanes in a chart, and where they belong. */
const lanesIn = (text: string, timeline: Timeline) =>
  text.split("\n").flatMap((line) => {
    const match = /^a(\d)(?:\/(\d))? +(\S+)$/.exec(line);
    if (match === null || (match[2] === undefined && timeline.accelerators[Number(match[1])]!.units > 1)) return [];
    return [{ acceleratorIndex: Number(match[1]), lane: Number(match[2] ?? 0), cells: match[3]! }];
  });

const legendIn = (text: string): string[][] =>
  text
    .split("\n\n")
    .filter((block) => block.startsWith("key"))
    .flatMap((block) => block.split("\n").slice(1))
    .map((line) => line.split(/ +/));

const lettersIn = (text: string, timeline: Timeline): readonly string[] => {
  const rows = legendIn(text);
  return timeline.tasks.map(({ id }) => rows.find(([, task]) => task === id)?.[0] ?? "?");
};

/** Looks at each ns on its own. */
function cellsByHand(
  segments: readonly Segment[],
  { fromNs, toNs, tasks }: Timeline,
  count: number,
  letters: readonly string[],
): string {
  const length = columnNsFor(toNs - fromNs, count);
  return Array.from({ length: count }, (_, column) => {
    const busy = tasks.map(() => 0);
    const end = Math.min(toNs, fromNs + (column + 1) * length);
    for (let ns = fromNs + column * length; ns < end; ns += 1) {
      const running = segments.find((each) => each.startNs <= ns && ns < each.endNs);
      if (running !== undefined) busy[running.taskIndex]! += 1;
    }
    const all = busy.reduce((sum, ns) => sum + ns, 0);
    if (all === 0) return ".";
    const letter = letters[busy.indexOf(Math.max(...busy))]!;
    return 2 * all >= end - (fromNs + column * length) ? letter : letter.toLowerCase();
  }).join("");
}

/** The only round length that gives as many columns: the shortest of those that fit. */
const columnNsFor = (spanNs: number, count: number): number =>
  [...Array(10).keys(), 10, 15, 20, 25, 30, 40, 50, 60, 80, 100].find(
    (length) => length > 0 && ![7, 9].includes(length) && Math.ceil(spanNs / length) <= count,
  )!;
