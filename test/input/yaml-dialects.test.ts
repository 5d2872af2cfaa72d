/** YAML as other tools write it: merge keys, YAML 1.1's switches, and numbers in forms that YAML 1.2 takes for text. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ProblemList } from "../../src/input/problem-list.ts";
import { parseYaml } from "../../src/input/yaml-document.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { withCase } from "../shared.ts";
import { memoryFiles, problemsOf } from "./memory-files.ts";

function valueIn(text: string): unknown {
  const problems = new ProblemList();
  const file = parseYaml("x.yaml", text, problems);
  problems.finish();
  return file!.value;
}

test.each(["2024-03-31", "2024-03-31T01:00:00.1234567Z", "2024-03-31 01:00:00 +02:00"])(
  "a date under %%YAML 1.1 is the text that is written: %s",
  (date) => {
    expect(valueIn(`%YAML 1.1\n---\na: &d ${date}\nb: *d`)).toEqual({ a: date, b: date });
  },
);

describe("a merge key", () => {
  test("brings the keys of a mapping", () => {
    expect(valueIn("- &a { x: 1, y: 2 }\n- { <<: *a, z: 3 }")).toEqual([
      { x: 1, y: 2 },
      { x: 1, y: 2, z: 3 },
    ]);
  });
  test("yields to the mapping's own keys, wherever it stands", () => {
    expect(valueIn("- &a { x: 1, y: 2 }\n- { x: 7, <<: *a }\n- { <<: *a, x: 8 }")).toEqual([
      { x: 1, y: 2 },
      { x: 7, y: 2 },
      { x: 8, y: 2 },
    ]);
  });
  test("of a list takes the earlier of two", () => {
    expect(valueIn("- &a { x: 1 }\n- &b { x: 2, y: 2 }\n- <<: [*a, *b, { y: 9, z: 9 }]")).toMatchObject({
      2: { x: 1, y: 2, z: 9 },
    });
  });
  test("brings what was merged before, and whole mappings, not parts of them", () => {
    expect(valueIn("- &a { m: { p: 1, q: 2 } }\n- &b { <<: *a, x: 1 }\n- { <<: *b, m: { p: 3 } }")).toMatchObject({
      2: { x: 1, m: { p: 3 } },
    });
  });
  test("finds an anchor in a value of its own mapping", () => {
    expect(valueIn("x-a: &a { x: 1, y: 2 }\n<<: *a\ny: 3\nz: &b { p: 4 }\nlast: { <<: *b }")).toMatchObject({
      x: 1,
      y: 3,
      last: { p: 4 },
    });
    expect(valueIn("<<: { m: &a { p: 1 } }\nn: *a")).toEqual({ m: { p: 1 }, n: { p: 1 } });
  });
  test("means the same under %YAML 1.1", () => {
    expect(valueIn("%YAML 1.1\n---\n- &a { x: 1 }\n- { <<: *a, y: 2 }")).toEqual([{ x: 1 }, { x: 1, y: 2 }]);
  });
  test("in quotes is a key", () => {
    expect(valueIn("'<<': { x: 1 }")).toEqual({ "<<": { x: 1 } });
  });
  test.each([
    ["<<: 5", "<< takes a mapping", 5],
    ["<<: [{ a: 1 }, 5]", "<< takes a mapping", 5],
    ["&a { <<: *a }", "is inside the value that it names", 10],
    ["<<: *nowhere", "no anchor &nowhere", 5],
    ["<<: { a: 1 }\n<<: { b: 2 }", "merge several with <<: [*a, *b]", 1],
  ])("that cannot be is reported: %j", (text, message, column) => {
    const problems = problemsOf(() => valueIn(text));
    expect(problems[0]!.message).toContain(message);
    expect(problems[0]).toMatchObject({ column });
  });
  test("may take its mapping from a top-level key that begins with x-, and from no other", () => {
    const common = "&common { dataflow: ws, pes: 256, nocElementsPerCycle: 8 }";
    const rest = "name: s\ncosts: maestro\ncontextSwitch: off\naccelerators: [{ <<: *common, id: a }]\n";
    const load = (key: string) => loadSystem("s.yaml", memoryFiles({ "s.yaml": `${key}: ${common}\n${rest}` }));
    expect(load("x-common").accelerators.map(({ id }) => id)).toEqual(["a"]);
    expect(problemsOf(() => load("common"))[0]).toMatchObject({ line: 1, code: "UNKNOWN_KEY" });
  });
  test("keeps the place of what it brings", () => {
    const text = `name: s
contextSwitch: off
costs: maestro
accelerators:
  - &a { id: a, dataflow: ws, pes: 256, nocElementsPerCycle: 8, pess: 1, clockGHz: -1 }
  - { <<: *a, id: b }
`;
    const problems = problemsOf(() => loadSystem("s.yaml", memoryFiles({ "s.yaml": text })));
    const places = problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect(new Set(places)).toEqual(new Set(["UNKNOWN_KEY 5:65", "NOT_POSITIVE 5:84"]));
    expect(problems.map(({ message }) => message).join()).not.toContain("Symbol");
  });
});

test("keys are as written, also where YAML 1.1 takes them for true and false", () => {
  expect(valueIn("%YAML 1.1\n---\n{ Y: 1, on: 2, no: 3, 10: 4 }")).toEqual({ Y: 1, on: 2, no: 3, 10: 4 });
});

describe("a switch", () => {
  const systemText = (value: string) => `name: s
contextSwitch: ${value}
contention: ${value}
memory: { bandwidthGBs: 1 }
accelerators:
  - { id: a, dataflow: ws, pes: 256, nocElementsPerCycle: 8, startUp: ${value}, offChip: { bandwidthGBs: 1 } }
`;
  const systemOf = (value: string) => loadSystem("s.yaml", memoryFiles({ "s.yaml": systemText(value) }));

  test.each(["true", "yes", "True", '"on"'])("is on with %s", (value) => {
    expect(systemOf(value)).toEqual(systemOf("on"));
    expect(systemOf(value)).toMatchObject({
      contextSwitch: "on",
      contention: "on",
      accelerators: [{ costs: { startUp: "on" } }],
    });
  });
  test.each(["false", "no", "FALSE"])("is off with %s", (value) => {
    expect(systemOf(value)).toEqual(systemOf("off"));
    expect(systemOf(value)).toMatchObject({ contextSwitch: "off", contention: "off" });
  });
  test.each(["of", "1", "~"])("is on or off, and not %s", (value) => {
    expect(problemsOf(() => systemOf(value))[0]!.message).toMatch(/^contextSwitch must be on or off, got /);
  });
  test.each(["off", "no", "false"])("that says true or false takes %s", (value) => {
    const text = `name: s
durationMs: 100
tasks: [{ id: a, model: { name: m, layers: measured }, fps: 30 }]
phases: [{ name: p, startMs: 50, tasks: { a: { enabled: ${value} } } }]
`;
    const scenario = loadScenario("s.yaml", memoryFiles({ "s.yaml": text }));
    expect(scenario).toMatchObject({ phases: [{ changes: [{ isEnabled: false }] }] });
  });
});

describe("a number", () => {
  const problemWith = (fps: string) => {
    const text = `name: s\ndurationMs: 1000\ntasks: [{ id: a, model: { name: m, layers: measured }, fps: ${fps} }]\n`;
    const [problem, ...others] = problemsOf(() => loadScenario("s.yaml", memoryFiles({ "s.yaml": text })));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ line: 3, column: 61 });
    return problem!.message;
  };

  test.each([
    ["1_000", "write 1000"],
    ["1_000.5", "write 1000.5"],
    ['"30"', "write 30 without quotes"],
    ["'1e3'", "write 1e3 without quotes"],
    ["1:30", "write 90, which is 1:30 to base 60"],
    ["1:02:03", "write 3723"],
    ["30000/1001", "write 29.97002997002997"],
    ["0b101", "write 5"],
    ["017", '017 is octal to some readers; write 17, or "017" for text'],
    ["“30”", "write 30 without quotes"],
    ["'29,97'", "write a point for decimals, and nothing between thousands"],
    ["'1,000.5'", "write a point for decimals, and nothing between thousands"],
    ["30fps", "write the number alone: the name of the field says its unit"],
    ["30 Hz", "write the number alone: the name of the field says its unit"],
    ["8 MiB", "8 MiB are 8388608 bytes"],
    ["thirty", 'fps must be a number, got "thirty"'],
    [".nan", "fps must be a finite number"],
  ])("written as %s is refused with what to write", (fps, message) => {
    expect(problemWith(fps)).toContain(message);
  });
  test.each(["1e9", "1E+2", "+30", "0o17", "0x1F", ".5", "1.0e+3"])("may be %s", (number) => {
    expect(valueIn(number)).toBe(Number(number));
  });
  test("under %YAML 1.1 needs a digit before its exponent", () => {
    expect(valueIn("%YAML 1.1\n---\n[e11, &a E5, *a, 1e2, .nan]")).toEqual(["e11", "E5", "E5", 100, Number.NaN]);
  });
  test("under %YAML 1.1 is what that says", () => {
    expect(valueIn("%YAML 1.1\n---\n[017, 1_000, 1:30]")).toEqual([15, 1000, 90]);
  });
  test("where text belongs is told to take quotes", () => {
    const text = "name: 7\ndurationMs: 1000\ntasks: [{ id: true, model: m, fps: 30 }]\n";
    const messages = problemsOf(() => loadScenario("s.yaml", memoryFiles({ "s.yaml": text }))).map((p) => p.message);
    expect(messages).toContain("name must be text, got 7; in quotes it is text");
    expect(messages).toContain("id must be text, got true; in quotes it is text");
  });
});

test.each([
  ["name:s", "; a key needs a blank after its colon", 1],
  ["a: 1\nb: XR: two", "; text with a colon and a blank in it needs quotes", 2],
  ["a: 1\nb:\u00a0two", "; the line has a no-break space, which is none to YAML", 2],
  ["a:\n\t- b", "tabs are not allowed as indentation; use blanks", 2],
  ["a: @home", "; put the text in quotes", 1],
])("a slip is told with what to write: %j", (text, message, line) => {
  const problems = problemsOf(() => valueIn(`${text}\nlast: 1\n`));
  expect(problems[0]).toMatchObject({ code: "YAML_SYNTAX", line });
  expect(problems[0]!.message).toContain(message);
});

test("a key in braces without a blank after its colon is told", () => {
  const text = "name: s\ndurationMs: 1000\ntasks: [{ id: a, model: { name: m, layers: measured }, fps:30 }]\n";
  const messages = problemsOf(() => loadScenario("s.yaml", memoryFiles({ "s.yaml": text }))).map((p) => p.message);
  expect(messages).toContain('unknown key "fps:30" in tasks[0]; write a blank after the colon of fps');
});

withCase("11-yaml-merge", (folder) => {
  const system = (file: string) => loadSystem(file, memoryFiles({ [file]: readFileSync(join(folder, file), "utf8") }));

  test.each(["sys.yaml", "sys2.yaml"])("case 11-yaml-merge: %s merges its accelerators", (file) => {
    const { accelerators } = system(file);
    expect(accelerators.slice(0, 2).map(({ id, pes }) => [id, pes])).toEqual([
      ["ws0", 1024],
      ["ws1", 1024],
    ]);
  });
  test.each([
    ["hda-2-ws-os-4k-py.yaml", "off"],
    ["planaria-16-py.yaml", "on"],
    ["xr-soc-2-py.yaml", "on"],
    ["bomcrlf.yaml", "off"],
  ])("case 11-yaml-merge: %s has its switch %s", (file, contextSwitch) => {
    expect(system(file)).toMatchObject({ contextSwitch });
  });
});
