/** Job sets of np-schedulability-analysis: worked by hand, against a simulator in whole ticks, and real files. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importJobSet, type JobSetOptions } from "../../src/import/index.ts";
import { run } from "../../src/index.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceFiles, referencePath, withReference } from "../shared.ts";
import { filesOf, importProblems, resaved } from "./imported-files.ts";

const header = "Task ID, Job ID, Arrival min, Arrival max, Cost min, Cost max, Deadline, Priority";
const jobs = (...rows: string[]): string => [header, ...rows, ""].join("\n");
const precedence = (...rows: string[]): string =>
  ["Predecessor TID,	Predecessor JID,	Successor TID, Successor JID", ...rows, ""].join("\n");

const imported = (texts: readonly string[], options: JobSetOptions = {}) =>
  importJobSet(
    texts.map((text, i) => ({ text, file: i === 0 ? "Set.csv" : `Set.${i}.csv` })),
    options,
  );
const scenarioIn = (...texts: string[]) => parse(imported(texts).files[0]!.text);
const textOf = (texts: readonly string[], name: string, options: JobSetOptions = {}): string[] =>
  imported(texts, options)
    .files.find(({ fileName }) => fileName === name)!
    .text.trim()
    .split("\n")
    .slice(1);
const leftIn = (...texts: string[]) => imported(texts).report.left.map(({ what, count }) => [what, count]);

describe("jobs", () => {
  test("of one task and cost share a task; releases, deadlines and priorities are theirs", () => {
    const set = jobs("1, 1, 0, 0, 2, 2, 10, 1", "1, 2, 7, 7, 2, 2, 20, 3", "2, 1, 3, 3, 1, 4, 15, 2");
    const { tasks, durationMs, replay } = scenarioIn(set);
    expect([durationMs, replay]).toEqual([20, "set-jobs.csv"]);
    expect(tasks).toEqual([
      { id: "task-1", model: { name: "task-1", layers: "measured" } },
      { id: "task-2", model: { name: "task-2", layers: "measured" } },
    ]);
    // Smaller numbers come first in the file, larger ones here.
    expect(textOf([set], "set-jobs.csv")).toEqual(["task-1,0,10,3", "task-1,7,20,1", "task-2,3,15,2"]);
    expect(textOf([set], "set-times.csv")).toEqual(["task-1,cpu,2,,", "task-2,cpu,,1,4"]);
  });

  test("of one task with another cost have a task of their own", () => {
    const set = jobs("1, 1, 0, 0, 2, 2, 10, 1", "1, 2, 7, 7, 2, 3, 20, 1");
    expect(scenarioIn(set).tasks.map(({ id }: { id: string }) => id)).toEqual(["task-1", "task-1-cost-2"]);
  });

  test("with the same gap between all of them up to the end become periodic tasks", () => {
    const set = jobs("1,1,0,0,3,3,10,1", "1,2,10,10,3,3,20,1", "1,3,20,20,3,3,30,1", "2,1,5,5,8,8,30,2");
    const { tasks, durationMs, replay } = scenarioIn(set);
    expect([durationMs, replay]).toEqual([30, undefined]);
    expect(tasks).toMatchObject([
      { periodMs: 10, deadlineMs: 10, priority: 2 },
      { periodMs: 25, offsetMs: 5, deadlineMs: 25, priority: 1 },
    ]);
  });

  test("that arrive in an interval arrive early or late; that is told", () => {
    const set = jobs("1,1,0,4,3,3,10,1", "2,1,1,1,3,3,30,1");
    const rows = (options: JobSetOptions) => textOf([set], "set-jobs.csv", options);
    expect(rows({})[0]).toBe("task-1,0,10,1");
    expect(rows({ arrival: "latest" })[0]).toBe("task-1,4,10,1");
    expect(leftIn(set)).toEqual([["interval of arrival", 1]]);
  });

  test("have times in the unit that is said, and run on so many processors, without preemption", () => {
    const set = jobs("1,1,1500,1500,3,3,4000,1", "2,1,0,0,7,7,5000,1");
    const options = { unit: "us", processors: 3 } as const;
    expect(textOf([set], "set-jobs.csv", options)).toEqual(["task-1,1.5,4,1", "task-2,0,5,1"]);
    expect(textOf([set], "set-times.csv", options)).toEqual(["task-1,cpu,0.003,,", "task-2,cpu,0.007,,"]);
    const system = loadSystem("set-system.yaml", filesOf(imported([set], options)));
    expect(system.accelerators.map(({ id, preemption }) => [id, preemption])).toEqual(
      [0, 1, 2].map((i) => [`cpu${i}`, ["drain"]]),
    );
  });
});

describe("precedence", () => {
  const diamond = jobs("1,1,0,0,2,2,90,1", "1,2,0,0,3,3,90,2", "1,3,0,1,4,4,90,3", "1,4,0,0,5,5,80,4");
  const edges = precedence("1,1,1,2", "1,1,1,3", "1,2,1,4", "1,3,1,4");

  test("of jobs that are there when the last one before them ends makes them dependent", () => {
    const { tasks } = scenarioIn(diamond, edges);
    expect(tasks).toMatchObject([
      { id: "task-1-job-1" },
      { id: "task-1-job-2", after: "task-1-job-1", deadlineMs: 90, priority: 3 },
      { id: "task-1-job-3", after: "task-1-job-1", priority: 2 },
      { id: "task-1-job-4", after: { tasks: ["task-1-job-2", "task-1-job-3"] }, deadlineMs: 80, priority: 1 },
    ]);
    expect(leftIn(diamond, edges)).toEqual([]);
  });

  test.each([
    [1, 14],
    [2, 11],
  ])("ends the last job when paper says: on %i processors at %i", async (processors, end) => {
    const lateAt = async (deadline: number) => {
      const { files } = imported([diamond.replace("5,5,80", `5,5,${deadline}`), edges], { processors });
      const ending = (kind: string) => files.filter(({ fileName }) => fileName.endsWith(kind));
      const [scenario, system] = ending(".yaml").map(({ text }) => ({ yaml: text }));
      const tables = Object.fromEntries(ending(".csv").map(({ fileName, text }) => [fileName, text]));
      const params = { lateDrop: false };
      const { tasks } = await run({ scenario: scenario!, system: system!, files: tables, scheduler: "np-hpf", params });
      return tasks.at(-1)!.late;
    };
    expect([await lateAt(end), await lateAt(end - 1)]).toEqual([0, 1]);
  });

  test("of a job that may arrive after their end is left out and told", () => {
    const later = jobs("1,1,0,0,2,2,10,1", "1,2,10,10,2,2,20,1");
    expect(leftIn(later, precedence("1,1,1,2"))).toEqual([["precedence", 1]]);
    expect(scenarioIn(later, precedence("1,1,1,2")).tasks).toMatchObject([{ id: "task-1", periodMs: 10 }]);
  });

  test("of jobs of several releases is left out and told", () => {
    const two = jobs("1,1,0,0,2,2,10,1", "2,1,0,0,2,2,20,1", "3,1,0,0,2,2,20,1");
    expect(leftIn(two, precedence("1,1,3,1", "2,1,3,1"))).toEqual([["precedence", 2]]);
  });

  test("comes in YAML, too, in both forms", () => {
    const yaml = `# comment
jobset:
  - { Task ID: 1, Job ID: 1, Arrival min: 0, Arrival max: 0, Cost min: 2, Cost max: 2, Deadline: 90, Priority: 1, Successors: [[1, 2], { Task ID: 1, Job ID: 3 }] }
  - Task ID: 1
    Job ID: 2
    Arrival min: 0
    Arrival max: 0
    Cost min: 3
    Cost max: 3
    Deadline: 90
    Priority: 2
    Successors: [[1, 4]]
  - { Task ID: 1, Job ID: 3, Arrival min: 0, Arrival max: 1, Cost min: 4, Cost max: 4, Deadline: 90, Priority: 3, Successors: [[1, 4]] }
  - { Task ID: 1, Job ID: 4, Arrival min: 0, Arrival max: 0, Cost min: 5, Cost max: 5, Deadline: 80, Priority: 4 }
`;
    const written = (texts: string[]) => imported(texts).files.map(({ text }) => text.replace(/^#.*\n/gm, ""));
    expect(written([yaml])).toEqual(written([diamond, edges]));
  });
});

describe("what is wrong is reported at its place", () => {
  const good = jobs("1,1,0,0,2,2,10,1");
  test.each<[string, string[], [string, number, number][]]>([
    ["an empty file", [""], [["EMPTY_FILE", 1, 1]]],
    ["precedence alone", [precedence("1,1,1,2")], [["EMPTY_FILE", 1, 1]]],
    ["a row that was cut off", [jobs("1,1,0,0,2")], [["WRONG_LENGTH", 2, 1]]],
    ["a word", [jobs("1,1,0,soon,2,2,10,1")], [["WRONG_TYPE", 2, 7]]],
    ["a negative cost", [jobs("1,1,0,0,-2,2,10,1")], [["NEGATIVE", 2, 9]]],
    ["an empty interval", [jobs("1,1,5,0,2,2,10,1")], [["TOO_SMALL", 2, 7]]],
    ["a deadline at the arrival", [jobs("1,1,0,10,2,2,10,1")], [["DEADLINE_BEFORE_RELEASE", 2, 14]]],
    ["an id that is no number", [jobs("a,1,0,0,2,2,10,1")], [["NOT_WHOLE", 2, 1]]],
    ["a job twice", [jobs("1,1,0,0,2,2,10,1", "1,01,0,0,2,2,10,1")], [["DUPLICATE_ID", 3, 1]]],
    ["an unknown job", [good, precedence("1,1,1,9")], [["UNKNOWN_NAME", 2, 1]]],
    ["a cycle", [jobs("1,1,0,0,2,2,10,1", "1,2,0,0,2,2,10,1"), precedence("1,1,1,2", "1,2,1,1")], [["CYCLE", 3, 1]]],
    ["YAML that is none", ["jobset:\n  - {"], [["YAML_SYNTAX", 2, 6]]],
    ["YAML of something else", ["jobset: 3\n"], [["WRONG_TYPE", 1, 1]]],
    [
      "an unknown key in YAML",
      ["jobset:\n  - Period: 3\n"],
      [
        ["UNKNOWN_KEY", 2, 5],
        ["WRONG_LENGTH", 2, 5],
      ],
    ],
  ])("%s", (_, texts, expected) => expect(importProblems(() => imported(texts))).toEqual(expected));

  test("abort actions are counted", () => {
    const aborts = "TID, JID, Trigger min, Trigger max, Cleanup min, Cleanup max\n1, 1, 10, 10, 0, 1\n";
    expect(leftIn(good, aborts)).toEqual([["abort action", 1]]);
  });

  test("columns that are all named may have another order; without a header it is that of the analysis", () => {
    const shuffled = "Priority,Job ID,Task ID,Deadline,Cost max,Cost min,Release max,Release min\n1,2,1,10,3,2,5,4\n";
    const expected = imported([jobs("1,2,4,5,2,3,10,1")]).files;
    expect(imported([shuffled]).files).toEqual(expected);
    expect(imported(["1,2,4,5,2,3,10,1"]).files).toEqual(expected);
    expect(imported([shuffled.replaceAll(",", ";")]).files).toEqual(expected);
  });
});

interface Tick {
  readonly arrival: number;
  readonly cost: number;
  readonly deadline: number;
}

/** One processor, no preemption, fixed priorities by index: the least waiting index runs to its end. */
function endsOf(set: readonly Tick[]): number[] {
  const ends = set.map(() => Number.NaN);
  for (let now = 0; ends.some(Number.isNaN); ) {
    const next = set.findIndex(({ arrival }, i) => Number.isNaN(ends[i]!) && arrival <= now);
    if (next === -1) now += 1;
    else {
      now += set[next]!.cost;
      ends[next] = now;
    }
  }
  return ends;
}

test("jobs of fixed cost end with np-hpf when the simulator in ticks says", async () => {
  const tick = fc.record({ arrival: fc.nat(20), cost: fc.integer({ min: 1, max: 9 }), slack: fc.nat(200) });
  await fc.assert(
    fc.asyncProperty(fc.array(tick, { minLength: 1, maxLength: 8 }), async (ticks) => {
      const set = ticks.map(({ arrival, cost, slack }) => ({ arrival, cost, deadline: arrival + cost + slack }));
      // Priorities of their own, and a task each, so that each response is that of one job.
      const text = jobs(
        ...set.map((job, i) => `${i + 1},1,${job.arrival},${job.arrival},${job.cost},${job.cost},${job.deadline},${i}`),
      );
      const { files } = imported([text]);
      const byKind = (ending: string) => files.filter(({ fileName }) => fileName.endsWith(ending));
      const [scenario, system] = byKind(".yaml");
      const result = await run({
        scenario: { yaml: scenario!.text },
        system: { yaml: system!.text },
        files: Object.fromEntries(byKind(".csv").map(({ fileName, text: csv }) => [fileName, csv])),
        scheduler: "np-hpf",
        params: { lateDrop: false },
      });
      const ends = endsOf(set);
      expect(result.tasks.map(({ released, late }) => [released, late])).toEqual(
        set.map(({ deadline }, i) => [1, ends[i]! > deadline ? 1 : 0]),
      );
      expect(result.tasks.map(({ meanResponseMs }) => meanResponseMs)).toEqual(
        set.map(({ arrival }, i) => ends[i]! - arrival),
      );
    }),
    propertyRuns(30),
  );
});

withReference("files/jobsets", () => {
  const files = referenceFiles("files/jobsets").filter((file) => !file.includes(".prec."));
  const read = (file: string) => readFileSync(referencePath("files/jobsets", file), "utf8");

  describe.each(files)("%s", (file) => {
    const convert = (text: string) => importJobSet([{ text, file }]);
    const text = read(file);

    test("comes in whole, and loads", () => {
      const result = convert(text);
      const scenario = loadScenario(result.files[0]!.fileName, filesOf(result));
      const rows = text.trim().split("\n").length - 1;
      expect(result.report.taken[0]).toContain(`${rows} jobs`);
      expect(scenario.tasks.length).toBeGreaterThan(0);
      expect(result.report.left).toEqual([]);
    });

    test.each(resaved)("comes in with %s as it is", (_, save) =>
      expect(convert(save(text)).files).toEqual(convert(text).files),
    );
  });

  test("fig1a with its precedence keeps the edge that a scenario can have, and tells the others", () => {
    const result = imported([read("fig1a.csv"), read("fig1a.prec.csv")]);
    expect(result.report.left).toMatchObject([{ what: "precedence", count: 6 }]);
    const { tasks } = parse(result.files[0]!.text);
    expect(tasks.find(({ id }: { id: string }) => id === "task-3-job-9")).toMatchObject({ after: "task-1-job-2" });
  });

  test("prm-fig2 is periodic", () => {
    expect(parse(importJobSet([{ text: read("prm-fig2.csv"), file: "x.csv" }]).files[0]!.text).tasks).toMatchObject([
      { periodMs: 10 },
      { periodMs: 12 },
      { periodMs: 60 },
    ]);
  });
});
