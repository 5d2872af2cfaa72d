import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { checkFormats } from "../../src/output/check/index.ts";
import { junitText } from "../../src/output/check/junit.ts";
import type { BaselineReport, CheckReport, Move } from "../../src/records/check-report.ts";

const move = (more: Partial<Move> = {}): Move => ({
  scenario: "vr",
  system: "soc",
  scheduler: "edf",
  value: "uxCost",
  unit: "score",
  better: "lower",
  before: 2,
  now: 3,
  difference: 1,
  change: 0.5,
  interval: null,
  movedSeeds: 1,
  tolerance: 0,
  verdict: "worse",
  fails: true,
  causes: ["code"],
  ...more,
});

const place = (scheduler: string) => ({ scenario: "vr", system: "soc", scheduler });

const baseline = (more: Partial<BaselineReport> = {}): BaselineReport => ({
  name: "gate",
  path: "gate.json",
  rtmmVersion: "0.1.0",
  seeds: [1],
  rows: [place("edf"), place("fcfs"), place("llf")],
  compared: 10,
  moves: [],
  lacks: [],
  inputs: [],
  parameters: [],
  unkept: [],
  added: [],
  ...more,
});

const report = (baselines: readonly BaselineReport[], more: Partial<CheckReport> = {}): CheckReport => ({
  schemaVersion: 1,
  rtmmVersion: "0.1.0",
  verdict: "failed",
  failOn: "worse",
  baselines,
  requirements: [],
  ...more,
});

const rendered = (format: string, shown: CheckReport): string =>
  checkFormats.find(({ name }) => name === format)!.render(shown, { color: "never" });

const many = Array.from({ length: 20_000 }, (_, index) =>
  move({ scheduler: `policy-${index}`, value: "tasks.hand-tracking.deadlineViolationRate", change: 1 / (index + 1) }),
);

describe("the table", () => {
  test("has what moved under its row, with the cause", () => {
    const text = rendered(
      "table",
      report([baseline({ moves: [move(), move({ scheduler: "fcfs", causes: ["inputs"] })] })]),
    );
    expect(text).toBe(
      [
        "gate: 3 rows, 10 values, seed 1; 2 worse",
        "moved: edf in 1 of 1 row, fcfs in 1 of 1 row",
        "",
        "value     before    now    change  verdict",
        "vr on soc: edf (code)",
        "  uxCost   2.000  3.000  +50.00 %  worse",
        "vr on soc: fcfs (inputs)",
        "  uxCost   2.000  3.000  +50.00 %  worse",
        "",
        "What moved them:",
        "- code: if neither inputs nor parameters changed, rtmm's code did, or a package",
        "  that a policy imports",
        "",
        "check: failed",
      ].join("\n"),
    );
  });

  test("says that no difference is shown where the interval has 0 in it", () => {
    const moves = [
      move({ interval: { low: -1, high: 3 } }),
      move({ value: "energyMj", interval: { low: 0.5, high: 1.5 } }),
    ];
    const text = rendered("table", report([baseline({ moves, seeds: [1, 2] })]));
    expect(text).toMatch(/uxCost .* no difference shown {2}worse/);
    expect(text).toMatch(/energyMj .* \+0\.5000 to \+1\.500 {2}worse/);
  });

  test("names files, parameters and versions that moved", () => {
    const text = rendered(
      "table",
      report([
        baseline({
          rtmmVersion: "0.0.9",
          inputs: [
            { file: "soc.yaml", before: "aa", now: "bb" },
            { file: "new.yaml", before: null, now: "cc" },
            { file: "old.yaml", before: "dd", now: null },
          ],
          parameters: [
            { scheduler: "dream", parameter: "alpha", before: 1, now: 0.5 },
            { scheduler: "dream", parameter: "beta", before: null, now: true },
            { scheduler: "dream", parameter: "gamma", before: 2, now: null },
          ],
        }),
      ]),
    );
    for (const line of [
      "- input soc.yaml: sha256 aa… then, bb… now",
      "- input new.yaml: not read then",
      "- input old.yaml: no longer read",
      "- parameter of dream: alpha 1 then, 0.5 now",
      "- parameter of dream: beta is new (true)",
      "- parameter of dream: gamma is gone (was 2)",
      "- rtmm: 0.0.9 then, 0.1.0 now",
      "- gate: no value moved; `rtmm check --update` records what changed",
      "Changed since, without effect:",
    ])
      expect(text.split("\n")).toContain(line);
  });

  test("fits 80 columns and shows the first 40 of many moves", () => {
    const lines = rendered("table", report([baseline({ moves: many, seeds: [1, 2] })])).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines).toContain("and 19960 more values: --format csv has them all");
  });
});

describe("Markdown", () => {
  const bytes = (text: string): number => Buffer.byteLength(text);

  test("stays below 900 KB, keeps the worst rows and counts the others", () => {
    const text = rendered("markdown", report([baseline({ moves: [...many].reverse() })]));
    expect(bytes(text)).toBeLessThanOrEqual(900_000);
    expect(bytes(text)).toBeGreaterThan(800_000);
    const rows = text.split("\n").filter((line) => line.startsWith("| gate |"));
    const [, more] = /and (\d+) more values/.exec(text)!;
    expect(rows.length + Number(more)).toBe(20_000);
    expect(rows[0]).toContain("| policy-0 |");
    expect(rows.at(-1)).toContain(`| policy-${rows.length - 1} |`);
  });

  test("stays below 900 KB where reasons, files and parameters are many, too", () => {
    const rows = many.map(({ scheduler }) => place(scheduler));
    const text = rendered(
      "markdown",
      report([
        baseline({
          moves: many,
          lacks: rows.map((row) => ({ reason: `of ${row.scheduler} there is ${"nothing ".repeat(20)}`, rows: [row] })),
          inputs: rows.map(({ scheduler }) => ({ file: `ü/${scheduler}.yaml`, before: "a", now: "b" })),
          parameters: rows.map(({ scheduler }) => ({ scheduler, parameter: "alpha", before: 1, now: 2 })),
        }),
      ]),
    );
    expect(bytes(text)).toBeLessThanOrEqual(900_000);
    expect(text).toContain("| gate | vr | soc | policy-0 |");
  });

  test("puts the worst of all baselines first", () => {
    const text = rendered(
      "markdown",
      report([baseline({ moves: [move({ change: 0.1 })] }), baseline({ name: "other", moves: [move({ change: 9 })] })]),
    );
    const rows = text.split("\n").filter((line) => /^\| (gate|other) /.test(line));
    expect(rows.map((row) => row.split(" ")[1])).toEqual(["other", "gate"]);
  });

  test("keeps names in their cells", () => {
    const text = rendered("markdown", report([baseline({ moves: [move({ scheduler: "a|b\nc" })] })]));
    expect(text).toContain("| a\\|b c |");
  });
});

describe("JUnit", () => {
  const parse = (text: string) => {
    expect(XMLValidator.validate(text)).toBe(true);
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^test(suite|case)$/.test(name) });
    return (parser.parse(text) as { testsuites: Suites }).testsuites;
  };
  interface Suites {
    readonly "@_tests": string;
    readonly "@_failures": string;
    readonly "@_errors": string;
    readonly testsuite: readonly { readonly "@_name": string; readonly testcase: readonly Case[] }[];
  }
  interface Case {
    readonly "@_name": string;
    readonly "@_classname": string;
    readonly failure?: { readonly "#text": string; readonly "@_message": string };
    readonly error?: { readonly "#text": string };
  }

  test("has a case a row: passed, failed with each value, or in error with the reason", () => {
    const moves = [move(), move({ value: "p99Ms" }), move({ scheduler: "llf", verdict: "better", fails: false })];
    const lacks = [{ reason: "it is gone", rows: [place("fcfs")] }];
    const suites = parse(junitText(report([baseline({ moves, lacks })])));
    expect(suites).toMatchObject({ "@_tests": "3", "@_failures": "1", "@_errors": "1" });
    const [edf, fcfs, llf] = suites.testsuite[0]!.testcase;
    expect(edf).toMatchObject({ "@_classname": "rtmm.gate", "@_name": "vr on soc: edf" });
    expect(edf!.failure!["#text"].split("\n")).toEqual([
      "uxCost: 2.000 -> 3.000 (+50.00 %), worse, by code",
      "p99Ms: 2.000 -> 3.000 (+50.00 %), worse, by code",
    ]);
    expect(edf!.failure!["@_message"]).toContain("and 1 more");
    expect(fcfs!.error!["#text"]).toBe("it is gone");
    expect([llf!.failure, llf!.error]).toEqual([undefined, undefined]);
  });

  test("has an error for a row that the baseline lacks", () => {
    const lacks = [{ reason: "the baseline has no such row", rows: [place("new")] }];
    const suites = parse(junitText(report([baseline({ lacks })])));
    expect(suites.testsuite[0]!.testcase.at(-1)).toMatchObject({ "@_name": "vr on soc: new" });
    expect(suites).toMatchObject({ "@_tests": "4", "@_errors": "1" });
  });

  test("has an error where nothing was compared", () => {
    const suites = parse(junitText(report([baseline({ rows: [], compared: 0 })])));
    expect(suites).toMatchObject({ "@_tests": "1", "@_errors": "1" });
  });

  test("has a case a requirement, whose name does not depend on what was found", () => {
    const requirements = [
      { requirement: "slaSatisfaction>=0.99", text: "slaSatisfaction>=0.99: not met, 0.9", isMet: false },
      { requirement: "uxCost<=9", text: "uxCost<=9: met", isMet: true },
    ];
    const { testsuite } = parse(junitText(report([baseline()], { requirements })));
    const cases = testsuite[1]!.testcase;
    expect(cases.map((each) => [each["@_name"], each.failure?.["#text"]])).toEqual([
      ["slaSatisfaction>=0.99", "slaSatisfaction>=0.99: not met, 0.9"],
      ["uxCost<=9", undefined],
    ]);
  });

  test("is well-formed whatever things are called", () => {
    const scheduler = `<a & "b"> ]]> \u0000\u001b[31m\ud800 'c' ü`;
    const odd = baseline({ name: scheduler, rows: [place(scheduler)], moves: [move({ scheduler })] });
    const suites = parse(junitText(report([odd])));
    expect(suites["@_failures"]).toBe("1");
    expect(suites.testsuite[0]!.testcase[0]!["@_name"]).toContain(`'c' ü`);
  });
});

test("CSV has a row a move and one for each row that was not compared", () => {
  const lacks = [{ reason: "it, too, is gone", rows: [place("fcfs"), place("llf")] }];
  const moves = [move({ interval: { low: 0.5, high: 1.5 }, causes: ["inputs", "parameters"] })];
  expect(rendered("csv", report([baseline({ moves, lacks })])).split("\n")).toEqual([
    "baseline,scenario,system,scheduler,value,unit,better,before,now,difference,change,differenceLow95,differenceHigh95,movedSeeds,tolerance,verdict,fails,causes,reason",
    "gate,vr,soc,edf,uxCost,score,lower,2,3,1,0.5,0.5,1.5,1,0,worse,true,inputs parameters,",
    'gate,vr,soc,fcfs,,,,,,,,,,,,incomparable,true,,"it, too, is gone"',
    'gate,vr,soc,llf,,,,,,,,,,,,incomparable,true,,"it, too, is gone"',
    "",
  ]);
});

test("JSON is the whole report", () => {
  const shown = report([baseline({ moves: [move()] })]);
  expect(JSON.parse(rendered("json", shown))).toEqual(shown);
});
