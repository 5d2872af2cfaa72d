/** Figures of a run: their numbers, of a scenario worked by hand in test/cli/run.test.ts, and their pictures. */
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { svgOf } from "../../src/drawing/svg.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { runFigures } from "../../src/figures/run/index.ts";
import type { PicturedRun } from "../../src/records/run-details.ts";
import { small } from "../cli/call.ts";
import { propertyRuns } from "../property-runs.ts";
import { looks } from "./looks.ts";
import { picturedSmall } from "./pictured.ts";

const named = (run: PicturedRun, id: string): Figure => {
  const found = runFigures(run).find((figure) => figure.id === id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
};

const columnsOf = ({ data }: Figure) => data.columns.map(({ name }) => name);

describe("numbers", () => {
  test("UXCost by its two factors", async () => {
    const figure = named(await picturedSmall(), "ux-cost");
    expect(columnsOf(figure)).toEqual(["task", "deadlineViolationRate", "violationTerm", "energyTerm"]);
    expect(figure.data.rows).toEqual([
      ["camera", 0, 0.25, 1],
      ["detect", 1, 1, 1],
      ["audio", 0, 0.5, 1],
      ["touch", 1, 1, 0],
    ]);
    expect(figure.summary).toBe(
      "UXCost is 8.250: the sum of violation rates, 2.750, times the sum of energies relative to the worst case, 3.000.",
    );
  });

  test("what became of the jobs", async () => {
    const figure = named(await picturedSmall(), "sla");
    expect(columnsOf(figure)).toEqual([
      "task",
      "released",
      "inTime",
      "withoutDeadline",
      "late",
      "dropped",
      "slaSatisfaction",
    ]);
    expect(figure.data.rows).toEqual([
      ["camera", 2, 2, 0, 0, 0, 1],
      ["detect", 2, 0, 0, 2, 0, 0],
      ["audio", 1, 1, 0, 0, 0, 1],
      ["touch", 1, 0, 0, 0, 1, 0],
    ]);
    expect(figure.summary).toBe(
      "2 of 6 jobs complete late and 1 is dropped; SLA satisfaction is 50 %, the least is 0 % for detect.",
    );
  });

  test("no miss is said as such", async () => {
    const run = await picturedSmall();
    const tasks = run.result.tasks.filter(({ id }) => id === "camera" || id === "audio");
    const summaryOf = (few: typeof tasks) => named({ ...run, result: { ...run.result, tasks: few } }, "sla").summary;
    expect(summaryOf(tasks)).toBe("All 3 jobs are in time.");
    expect(summaryOf(tasks.slice(1))).toBe("The only job is in time.");
  });

  test("one accelerator is not the busiest of several", async () => {
    const run = await picturedSmall();
    const [npu] = run.result.accelerators;
    const summaryOf = (accelerators: typeof run.result.accelerators) =>
      named({ ...run, result: { ...run.result, accelerators } }, "utilisation").summary;
    expect(summaryOf([npu!])).toBe("npu is busy 100 % of the time.");
    expect(summaryOf([npu!, { ...npu!, id: "gpu", utilisation: 0.5 }])).toContain("npu is the busiest accelerator, ");
  });

  test("what no scheduler can pass has a row of its own in the picture, not among the tasks", async () => {
    const run = { ...(await picturedSmall()), leastViolations: { violations: 3, jobs: 6 } };
    const figure = named(run, "sla");
    expect(figure.data.rows).toHaveLength(4);
    expect(figure.summary).toContain("Under any scheduler at least 3 of 6 jobs with a deadline miss it, by proof.");
    const svg = svgOf(figure, looks.light!);
    for (const text of ["any scheduler", "missed by any scheduler", "≤ 50 %"]) expect(svg).toContain(`>${text}</text>`);
  });

  test("quantiles of response times, and deadlines", async () => {
    const figure = named(await picturedSmall(), "latency");
    expect(figure.data.rows).toEqual([
      ["camera", 1.3, 1.8, 1.8, 1.8, 2, 2],
      ["detect", 1.5, 1.5, 1.5, 1.5, 0.2, 0.7],
      ["audio", 0.3, 0.3, 0.3, 0.3, 0.4, 0.4],
      ["touch", null, null, null, null, 0.1, 0.1],
    ]);
    expect(figure.summary).toBe(
      "The longest response is 1.800 ms, of camera; p99 is above the deadline in 1 of 4 tasks.",
    );
  });

  test("energy by accelerator and use", async () => {
    const figure = named(await picturedSmall(), "energy");
    expect(columnsOf(figure)).toEqual(["accelerator", "inTimeMj", "lateMj", "totalMj"]);
    expect(figure.data.rows).toEqual([["npu", 1.1, 4, 5.1]]);
  });

  test("utilisation", async () => {
    expect(named(await picturedSmall(), "utilisation").data.rows).toEqual([["npu", 1]]);
  });

  test("the timeline: slices and misses", async () => {
    const { data, summary } = named(await picturedSmall(), "timeline");
    expect(data.rows).toEqual([
      ["run", "npu", 0, "audio", 0, 0, 0.3],
      ["run", "npu", 0, "camera", 0, 0.3, 1.3],
      ["run", "npu", 0, "detect", 0, 1.3, 2.8],
      ["run", "npu", 0, "camera", 1, 2.8, 3.8],
      ["run", "npu", 0, "detect", 1, 3.8, 5.3],
      ["dropped", null, null, "touch", 0, 0.3, 0.3],
      ["late", null, null, "detect", 0, 2.8, 2.8],
      ["late", null, null, "detect", 1, 5.3, 5.3],
    ]);
    expect(summary).toBe("0 to 5.3 ms of small: 5 slices of work and 3 misses.");
  });

  test("ages of what is read and shown", async () => {
    const yaml = small["small.yaml"]
      .replace("fps: 500", "fps: 100")
      .replace("id: audio,", "id: audio, display: true, reads: [detect], offsetMs: 3,");
    // detect has what camera saw at 0 ms; audio shows it from 3 to 3.3 ms.
    expect(named(await picturedSmall({ "small.yaml": yaml }), "data-age").data.rows).toEqual([
      ["audio reads detect", 3.3, null, 3.3, 3.3],
      ["audio: to photon", 3.3, null, 3.3, 3.3],
    ]);
  });
});

describe("what is not there", () => {
  test("an energy that is not known: the figure says whose costs lack it", async () => {
    const csv = "model,accelerator,latencyMs\na,npu,1\nb,npu,1.5\nc,npu,0.3\n";
    const run = await picturedSmall({ "soc.csv": csv });
    const why = "Energy is not known: the costs of accelerator npu have no energy for a, b, c.";
    expect(named(run, "energy").absence).toBe(why);
    expect(named(run, "ux-cost").absence).toBe(`UXCost is absent. ${why}`);
    expect(svgOf(named(run, "energy"), looks.light!)).toContain("the costs of accelerator npu");
  });

  test("no deadline, no energy term: the figure says so", async () => {
    const yaml = "name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, fps: 500, deadlineMs: none }\n";
    const run = await picturedSmall({ "small.yaml": yaml });
    expect(named(run, "ux-cost").absence).toBe("UXCost is absent. No job has a deadline, or no task took energy.");
    expect(named(run, "sla").data.rows).toEqual([["camera", 2, 0, 2, 0, 0, null]]);
  });

  test("no completed job", async () => {
    const yaml =
      "name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, fps: 500, deadlineMs: 0.1, offsetMs: 9 }\n";
    const run = await picturedSmall({ "small.yaml": yaml });
    expect(named(run, "latency").absence).toBe("No job completed.");
    expect(named(run, "sla").absence).toBe("No job was released.");
  });

  test("a result alone: what needs the run says so, the rest is drawn", async () => {
    const { result } = await picturedSmall();
    const figures = runFigures({ result });
    expect(figures.filter(({ absence }) => absence !== undefined).map(({ id }) => id)).toEqual([
      "ux-cost",
      "latency-distribution",
    ]);
    expect(named({ result }, "energy").data.rows).toEqual([["npu", 5.1, 5.1]]);
    expect(named({ result }, "latency").data.rows[0]).toEqual(["camera", 1.3, 1.8, 1.8, 1.8, null, null]);
  });
});

/** Without spaces at the ends, which SVG keeps but the parser does not. */
const textsOf = (svg: string): string =>
  JSON.stringify(new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: true }).parse(svg));

describe.each(Object.entries(looks))("pictures, %s", (_, look) => {
  test("are well-formed XML without NaN, and no name becomes markup", async () => {
    const run = await picturedSmall();
    const evil = `<script>alert("1")</script>&amp;\u0001'`;
    const renamed: PicturedRun = {
      result: { ...run.result, tasks: run.result.tasks.map((task) => ({ ...task, id: evil })) },
      details: { ...run.details!, tasks: run.details!.tasks.map((task) => ({ ...task, id: evil })) },
      timeline: { ...run.timeline!, tasks: run.timeline!.tasks.map((task) => ({ ...task, id: evil })) },
    };
    for (const figure of runFigures(renamed)) {
      const svg = svgOf(figure, look);
      expect(XMLValidator.validate(svg)).toBe(true);
      expect(svg).not.toContain("\u0001");
      expect(svg).not.toMatch(/NaN|undefined|Infinity|<script|<style| style=| class=/);
    }
    expect(textsOf(svgOf(named(renamed, "sla"), looks.light!))).toContain("<script>");
  });

  test("are the same bytes each time, whatever was drawn before", async () => {
    const figures = runFigures(await picturedSmall());
    const once = figures.map((figure) => svgOf(figure, look));
    expect(figures.map((figure) => svgOf(figure, look))).toEqual(once);
  });
});

/** A task with any numbers, or with nothing to measure. */
const anyTask = fc.record({
  id: fc.string({ unit: "binary", maxLength: 60 }),
  released: fc.nat(1000),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  // Whole ns.
  ms: fc.option(
    fc.nat(1e11).map((ns) => ns / 1e6),
    { nil: null },
  ),
});

test("any numbers and names make well-formed pictures, with a row for each task", async () => {
  const { result } = await picturedSmall();
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { minLength: 1, maxLength: 30 }), async (tasks) => {
      const run: PicturedRun = {
        result: {
          ...result,
          tasks: tasks.map(({ id, released, share, ms }) => {
            const completed = Math.floor(released * share);
            const counts = { released, completed, late: Math.floor(completed / 2), dropped: released - completed };
            return {
              ...counts,
              id,
              model: "m",
              curves: {},
              slaSatisfaction: share,
              p50Ms: ms,
              p95Ms: ms,
              p99Ms: ms,
              maxMs: ms,
            };
          }),
        },
      };
      for (const figure of runFigures(run).filter(({ id }) => id === "sla" || id === "latency")) {
        const svg = svgOf(figure, looks.column!);
        expect(XMLValidator.validate(svg)).toBe(true);
        expect(svg).not.toMatch(/"[^"]*(?:NaN|undefined|Infinity)[^"]*"/);
        if (figure.absence === undefined) expect(figure.data.rows.map(([id]) => id)).toEqual(tasks.map(({ id }) => id));
      }
      expect("prev" in {}).toBe(false);
    }),
    // A key that means something to objects of JavaScript.
    { ...propertyRuns(20), examples: [[[{ id: "__proto__", released: 2, share: 1, ms: 3 }]]] },
  );
});
