/** SimSo's task sets: their values are those of a reference simulator in whole ticks, and all else is told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importSimso } from "../../src/import/index.ts";
import { run } from "../../src/index.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { propertyRuns } from "../property-runs.ts";
import { filesOf, importProblems, resaved } from "./imported-files.ts";

const task = (id: number, period: number, wcet: number, more = ""): string =>
  `<task name="TASK T${id}" id="${id}" task_type="Periodic" abort_on_miss="no" period="${period}" activationDate="0.0"
      list_activation_dates="" deadline="${period}" base_cpi="1.0" instructions="0" mix="0.5" WCET="${wcet}" ACET="0.0"
      preemption_cost="0" et_stddev="0.0" ${more}/>`;
const cpu = (id: number, more = ""): string =>
  `<processor name="CPU ${id}" id="${id}" cl_overhead="0" cs_overhead="0" speed="1.0" ${more}/>`;
const simulation = (
  tasks: readonly string[],
  processors = [cpu(1)],
  attributes = 'etm="wcet"',
  sched = "simso.schedulers.RM",
) =>
  `<?xml version="1.0" ?>
<simulation duration="420000000" cycles_per_ms="1000000" ${attributes}>
  <sched overhead="0" overhead_activate="0" overhead_terminate="0" class="${sched}"/>
  <caches memory_access_time="100"/>
  <processors>${processors.join("\n")}</processors>
  <tasks>
    ${tasks.join("\n    ")}
  </tasks>
</simulation>
`;
/** SimSo's own example. */
const example = simulation([task(1, 7, 3), task(2, 12, 3), task(3, 20, 5)]);

const imported = (text: string) => importSimso([{ text, file: "sets/Example.xml" }]);
const scenarioIn = (text: string) => loadScenario("example.yaml", filesOf(imported(text)));
const tasksIn = (text: string) => parse(imported(text).files[0]!.text).tasks;
const tableIn = (text: string): string[] => imported(text).files[2]!.text.trim().split("\n").slice(1);
const leftIn = (text: string) => imported(text).report.left.map(({ what, count }) => [what, count]);

describe("SimSo's example", () => {
  const textOf = (index: number): string => imported(example).files[index]!.text;

  test.each([
    ["edf", {}, [4.15, 5.5714, 7.5714]],
    ["np-hpf", {}, [4.15, 5.5714, 7.5714]],
    ["hpf", {}, [3, 4.7143, 14.7143]],
  ] as const)("has with %s the mean response times of the reference simulator", async (scheduler, params, means) => {
    const files = { "example-times.csv": textOf(2) };
    const scenario = { yaml: textOf(0) };
    const { tasks } = await run({ scenario, system: { yaml: textOf(1) }, files, scheduler, params });
    expect(tasks.map(({ released, late }) => [released, late])).toEqual([
      [60, 0],
      [35, 0],
      [21, 0],
    ]);
    expect(tasks.map(({ meanResponseMs }) => Number((meanResponseMs as number).toFixed(4)))).toEqual(means);
  });

  test("keeps names as titles, says its scheduler in rtmm's words, and leaves nothing out", () => {
    expect(tasksIn(example)[0]).toEqual({
      id: "task-t1",
      model: { name: "task-t1", title: "TASK T1", layers: "measured" },
      periodMs: 7,
      deadlineMs: 7,
      priority: 3,
    });
    expect(textOf(0)).toContain("# Scheduler simso.schedulers.RM in the file: -s hpf\n");
    expect(imported(example).report).toEqual({
      taken: ["3 tasks on 1 processor from Example.xml"],
      left: [],
      totals: [],
    });
  });

  test.each(resaved)("comes in with %s as it is", (_, save) => {
    expect(imported(save(example)).files).toEqual(imported(example).files);
  });

  test("cut off anywhere, it says where it ends", () => {
    for (let end = 0; end < example.trimEnd().length; end += 7) {
      const found = importProblems(() => imported(example.slice(0, end)));
      expect(found.length).toBeGreaterThan(0);
      for (const [, line] of found) expect(line).toBeGreaterThan(0);
    }
  });

  test("means the same with its elements and attributes in another order, and comments between them", () => {
    const shuffled = example
      .replace(/(<processors>[\s\S]*<\/processors>)([\s\S]*<\/tasks>)/, "$2<!-- <task name='x'/> -->$1")
      .replace(/name="TASK T1" id="1"/, "id='1' name='TASK T1'");
    expect(imported(shuffled).files.map(({ text }) => text)).toEqual(imported(example).files.map(({ text }) => text));
  });
});

describe("releases", () => {
  test("offsets, and deadlines that are no periods", () => {
    const text = simulation([
      task(1, 10, 1).replace('activationDate="0.0"', 'activationDate="2.5"').replace('deadline="10"', 'deadline="8"'),
    ]);
    expect(tasksIn(text)[0]).toMatchObject({ periodMs: 10, offsetMs: 2.5, deadlineMs: 8 });
  });

  test("a sporadic task has its activation dates", () => {
    const sporadic = task(1, 10, 1).replace("Periodic", "Sporadic").replace('dates=""', 'dates="8, 1.5,3"');
    expect(tasksIn(simulation([sporadic]))[0]).toMatchObject({
      arrival: { kind: "trace", timesMs: [1.5, 3, 8] },
      deadlineMs: 10,
    });
  });

  test("an aperiodic task runs after the one that it follows; deadlines add up along the chain, and that is told", () => {
    const text = simulation([task(2, 5, 1).replace("Periodic", "APeriodic"), task(1, 10, 1, 'followed_by="2"')]);
    expect(tasksIn(text)).toMatchObject([{ id: "task-t1" }, { id: "task-t2", after: "task-t1", deadlineMs: 15 }]);
    expect(leftIn(text)).toEqual([["deadline from the end of the task before", 1]]);
    expect(scenarioIn(text).tasks.length).toBe(2);
  });

  test("what nothing releases, or a second task, is left out and told", () => {
    const lonely = task(3, 5, 1).replace("Periodic", "APeriodic");
    const text = simulation([task(1, 10, 1, 'followed_by="2"'), task(2, 10, 1, 'followed_by="9"'), lonely]);
    expect(leftIn(text)).toEqual([
      ["followed_by", 2],
      ["task that nothing releases", 1],
    ]);
    expect(scenarioIn(text).tasks.map(({ id }) => id)).toEqual(["task-t1", "task-t2"]);
  });
});

describe("times and processors", () => {
  test("a faster processor takes less time", () => {
    const text = simulation([task(1, 10, 3)], [cpu(1), cpu(2).replace('speed="1.0"', 'speed="1.5"')]);
    expect(tableIn(text)).toEqual(["task-t1,cpu-1,3", "task-t1,cpu-2,2"]);
    const system = loadSystem("example-system.yaml", filesOf(imported(text)));
    expect(system.accelerators.map(({ id, title }) => [id, title])).toEqual([
      ["cpu-1", "CPU 1"],
      ["cpu-2", "CPU 2"],
    ]);
  });

  test("average times vary, and the limit that is lost is told", () => {
    const varying = task(1, 10, 5).replace('ACET="0.0"', 'ACET="4"').replace('stddev="0.0"', 'stddev="1"');
    const text = simulation([varying, task(2, 10, 5)], [cpu(1)], 'etm="acet"');
    expect(tableIn(text)).toEqual(["task-t1,cpu-1,4,0.25", "task-t2,cpu-1,5,"]);
    expect(leftIn(text)).toEqual([["limit of ACET times", 1]]);
  });

  test("priorities of the file become ranks, larger is more important", () => {
    const text = simulation([
      task(1, 7, 1, 'priority="-5"'),
      task(2, 9, 1, 'priority="40"'),
      task(3, 8, 1, 'priority="40"'),
    ]);
    expect(tasksIn(text).map(({ priority }: { priority: number }) => priority)).toEqual([1, 2, 2]);
  });

  test("overheads, caches, aborts and schedulers that rtmm has not are told", () => {
    const text = simulation(
      [task(1, 9, 1).replace('_cost="0"', '_cost="70"')],
      [cpu(1).replace('cs_overhead="0"', 'cs_overhead="5"')],
      'etm="fixedpenalty" penalty_preemption="9"',
      "simso.schedulers.RUN",
    )
      .replace('abort_on_miss="no"', "")
      .replace('time="100"/>', 'time="100"><cache name="L1" id="1" policy="LRU" type="data" size="4"/></caches>');
    expect(leftIn(text)).toEqual([
      ["penalty_preemption", 1],
      ["cs_overhead", 1],
      ["preemption_cost", 1],
      ["cache", 1],
      ["abort_on_miss", 1],
      ["execution time model fixedpenalty", 1],
      ["scheduler simso.schedulers.RUN", 1],
    ]);
  });
});

describe("what is wrong is reported at its place", () => {
  test.each<[string, string, [string, number, number][]]>([
    ["text that is no XML", "tasks: 3", [["XML_SYNTAX", 1, 1]]],
    ["XML of something else", "<other/>", [["MISSING_KEY", 1, 2]]],
    ["a number that is none", simulation([task(1, 7, 3)]).replace('"420000000"', '"long"'), [["WRONG_TYPE", 2, 23]]],
    [
      "a negative time",
      simulation([`<task name="a" id="1" period="1" deadline="1" WCET="-1"/>`]),
      [["NEGATIVE", 7, 57]],
    ],
    [
      "a period of 0",
      simulation([`<task name="a" id="1" period="0" deadline="1" WCET="1"/>`]),
      [["NOT_POSITIVE", 7, 35]],
    ],
    ["a missing time", simulation([`<task name="a" id="1" period="1" deadline="1"/>`]), [["MISSING_KEY", 7, 6]]],
    [
      "an id twice",
      simulation([
        `<task name="a" id="1" period="1" deadline="1" WCET="1"/>`,
        `<task name="b" id="1" period="1" deadline="1" WCET="1"/>`,
      ]),
      [["DUPLICATE_ID", 8, 24]],
    ],
    ["no task", simulation([]), [["MISSING_KEY", 2, 2]]],
    ["no processor", simulation([task(1, 7, 3)], []), [["MISSING_KEY", 2, 2]]],
    [
      "a decimal comma",
      simulation([`<task name="a" id="1" period="1" deadline="1" WCET="1,5"/>`]),
      [["WRONG_TYPE", 7, 57]],
    ],
  ])("%s", (_, text, expected) => expect(importProblems(() => imported(text))).toEqual(expected));
});

test("periodic tasks of any times come in with these times", () => {
  const time = fc.integer({ min: 1, max: 400 }).map((quarters) => quarters / 4);
  fc.assert(
    fc.property(fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 6 }), (times) => {
      const text = simulation(times.map(([period, wcet], i) => task(i + 1, period, wcet)));
      const { tasks } = scenarioIn(text);
      expect(tasks.map(({ deadlineNs }) => deadlineNs)).toEqual(times.map(([period]) => period * 1e6));
      expect(tableIn(text)).toEqual(times.map(([, wcet], i) => `task-t${i + 1},cpu-1,${wcet}`));
    }),
    propertyRuns(50),
  );
});
