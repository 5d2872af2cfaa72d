/** Bad usage and bad input: exit code 2, a place, no stack. */
import { describe, expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";

describe("on the command line", () => {
  test.each<[string, string[], string]>([
    ["an unknown command", ["rnu"], "Did you mean run?"],
    ["an unknown option", ["run", "vr-gaming", "--sede", "3"], "Did you mean --seed?"],
    ["no command", [], "Usage: rtmm"],
    ["no scenario", ["run"], "name a scenario or suite"],
    ["an unknown scenario", ["run", "vr-gamin"], 'unknown scenario or suite "vr-gamin"; did you mean "vr-gaming"?'],
    ["an unknown suite", ["run", "xrbensh"], 'did you mean "xrbench"?'],
    ["an unknown system", ["run", "vr-gaming", "-S", "hda-2-ws-os-4"], 'did you mean "hda-2-ws-os-4k"?'],
    ["an unknown scheduler", ["run", "vr-gaming", "-s", "edff"], 'unknown scheduler "edff"; did you mean "edf"?'],
    ["a scheduler file that is not there", ["run", "vr-gaming", "-s", "./no.js"], "there is no scheduler file no.js"],
    ["an unknown format", ["run", "vr-gaming", "-f", "jsn"], 'did you mean "json"?'],
    [
      "an unknown parameter",
      ["run", "vr-gaming", "-p", "lateDorp=1"],
      'has no parameter "lateDorp"; did you mean "lateDrop"?',
    ],
    ["a parameter far from all", ["run", "vr-gaming", "-p", "x=1"], 'has no parameter "x"; it has: granularity, '],
    [
      "a parameter behind a scheduler",
      ["run", "vr-gaming", "-s", "edf:granularity=model"],
      'unknown scheduler "edf:granularity=model"; name edf, and give granularity=model as a parameter (-p)',
    ],
    ["a scenario from standard input", ["run", "-"], "a scenario has to be a file"],
    ["help of an unknown command", ["help", "rnu"], 'there is no command "rnu"; did you mean "run"?'],
    ["help of none like it", ["help", "xyzzy"], 'there is no command "xyzzy"; known: run, watch, '],
    ["a format of a list", ["list", "-f", "cvs"], 'unknown format "cvs"; did you mean "csv"?'],
    ["a format of costs", ["cost", "ritnet", "-f", "xml"], 'unknown format "xml"; known: table, json, csv, markdown'],
    ["a format of a description", ["show", "edf", "-f", "csv"], 'unknown format "csv"; known: table, json'],
    ["a bad parameter", ["run", "vr-gaming", "-p", "lateDrop=2"], "must be true or false"],
    ["a parameter that the policy refuses", ["run", "vr-gaming", "-p", "granularity=x"], "granularity must be"],
    ["a parameter without value", ["run", "vr-gaming", "-p", "lateDrop"], "name=value"],
    ["a negative seed", ["run", "vr-gaming", "--seed", "-1"], "a whole number from 0"],
    ["a broken seed", ["run", "vr-gaming", "--seed", "1.5"], "a whole number from 0"],
    ["no duration", ["run", "vr-gaming", "--duration-ms", "0"], "a number above 0"],
    ["a duration below 1 ns", ["run", "vr-gaming", "--duration-ms", "1e-7"], "at least 1 ns"],
    ["a duration in hexadecimal", ["run", "vr-gaming", "--duration-ms", "0x10"], "a number above 0"],
    ["an endless duration", ["run", "vr-gaming", "--duration-ms", "Infinity"], "a number above 0"],
    ["a warm-up as long as the run", ["run", "vr-gaming", "--warmup-ms", "1000"], "must be shorter than the run"],
    ["a model instead of a scenario", ["run", "workloads/models/ritnet.yaml"], "is a model, not a scenario"],
    ["a bad colour", ["run", "vr-gaming", "--color", "red"], "Allowed choices"],
    ["a bad number of workers", ["verify", "vr-gaming", "--jobs", "1,x"], "such as 1,2"],
  ])("%s", async (_, argv, message) => {
    const { code, stdout, stderr } = await call(argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });
});

const scenario = small["small.yaml"];

describe("in files", () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x]\n${"bcdefghi"
    .split("")
    .map((name, i) => `${name}: &${name} [${Array(8).fill(`*${"abcdefgh"[i]}`).join(", ")}]`)
    .join("\n")}\n`;

  test.each<[string, Record<string, string | Uint8Array>, string]>([
    ["a negative rate", { "small.yaml": scenario.replace("500", "-5") }, "small.yaml:4:39: "],
    ["an unknown key", { "small.yaml": scenario.replace("fps: 500", "fsp: 500") }, "small.yaml:4:34: unknown key"],
    ["a wrong type", { "small.yaml": scenario.replace("durationMs: 4", "durationMs: four") }, "small.yaml:2:13: "],
    ["an unknown model", { "small.yaml": scenario.replace("a.yaml", "ritnett") }, 'did you mean "ritnet"?'],
    ["a missing file", { "small.yaml": scenario.replace("a.yaml", "no.yaml") }, "small.yaml:4:26: there is no file"],
    ["an unknown task", { "small.yaml": scenario.replace("after: camera", "after: camra") }, 'did you mean "camera"?'],
    ["a cycle", { "small.yaml": scenario.replace("fps: 500", "after: detect") }, "small.yaml:4:"],
    ["a duplicate id", { "small.yaml": scenario.replace("id: detect", "id: camera") }, "small.yaml:5:11: "],
    ["broken YAML", { "small.yaml": scenario.replace("}", "") }, "small.yaml:5:"],
    ["an alias bomb", { "small.yaml": `${bomb}${scenario}` }, "small.yaml:"],
    [
      "a binary file",
      { "small.yaml": new Uint8Array([0, 1, 2, 255, 0]) },
      "small.yaml:1:1: small.yaml is a binary file",
    ],
    ["an empty file", { "small.yaml": "" }, "small.yaml:1:1: the file is empty"],
    ["a problem in a model", { "a.yaml": "name: a\nlayers: 3\n" }, "a.yaml:2:9: "],
    ["a problem in a system", { "soc.yaml": "name: soc\naccelerators: []\n" }, "soc.yaml:2:15: "],
    ["a problem in a table", { "soc.csv": "model,accelerator,latencyMs\na,npu,minus\n" }, "soc.csv:2:7: "],
    [
      "costs that are missing",
      { "soc.csv": "model,accelerator,latencyMs\na,npu,1\n" },
      "no accelerator can run model b",
    ],
  ])("%s", async (_, changed, message) => {
    const cwd = folderWith({ ...small, ...changed });
    const { code, stdout, stderr } = await call(["run", "small.yaml", "-S", "soc.yaml"], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("a longer duration does not get around the limit on jobs", async () => {
    const cwd = folderWith({ ...small, "small.yaml": scenario.replace("fps: 500", "fps: 1000000") });
    const argv = ["run", "small", "-S", "soc", "--duration-ms", "1000000000"];
    const { code, stdout, stderr } = await call(argv, { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('task "camera" would release 1.00e+12 jobs in 1000000000 ms; the limit is 1000000000');
  });

  test("all problems of a file are told at once, each with a code frame", async () => {
    const broken = scenario.replace("500", "-5").replace("durationMs: 4", "durationMs: 0");
    const { stderr } = await call(["run", "small.yaml"], { cwd: folderWith({ ...small, "small.yaml": broken }) });
    expect(stderr).toContain("small.yaml:2:13: ");
    expect(stderr).toContain("small.yaml:4:39: ");
    expect(stderr).toContain("  2 | durationMs: 0\n    |             ^");
  });
});

describe("a file of another kind is told in one line", () => {
  const files = {
    ...small,
    "all.yaml": "name: all\nscenarios: [small]\n",
    "grid.yaml": "name: grid\nscenarios: [small]\nsystems: [soc]\nschedulers: [edf]\n",
    "tuned.yaml": "scheduler: dream\nparams: { alpha: 1 }\n",
    "result.json": '{\n  "rtmmVersion": "0.1.0",\n  "scenario": "small",\n  "tasks": [],\n  "resultHash": "00"\n}\n',
    "best.json": '{ "schemaVersion": 1, "resultHash": "00", "metrics": {}, "schedule": [] }\n',
    "folder.mjs/x": "",
  };
  const run = ["run", "small", "-S"];
  test.each<[string[], string]>([
    [[...run, "small.yaml"], "small.yaml:3:1: the file is a scenario, not a system"],
    [[...run, "a.yaml"], "a.yaml:2:1: the file is a model, not a system"],
    [[...run, "all.yaml"], "all.yaml:2:1: the file is a suite, not a system"],
    [[...run, "grid.yaml"], "grid.yaml:3:1: the file is an experiment, not a system"],
    [[...run, "result.json"], "result.json:5:3: the file is a record that rtmm wrote, not a system"],
    [["run", "result.json"], "result.json is a record that rtmm wrote, not a scenario or suite"],
    [["run", "tuned.yaml"], "tuned.yaml is a file of settings, not a scenario or suite"],
    [["cost", "soc.yaml"], "soc.yaml:5:1: the file is a system, not a scenario"],
    [["run", "small", "--params", "small.yaml"], "small.yaml:3:1: the file is a scenario, not a file of parameters"],
    [["run", "--config", "soc.yaml"], "soc.yaml:5:1: the file is a system, not a configuration"],
    [
      ["adversary", "--a", "edf", "--b", "llf", "--within", "small.yaml"],
      "small.yaml:3:1: the file is a scenario, not a file of ranges",
    ],
    [["sweep", "result.json"], "result.json is a record that rtmm wrote, not an experiment"],
    [["validate", "tuned.yaml"], "tuned.yaml:1:1: the file is a file of settings, which is not checked here: a model"],
    [["show", "result.json"], "result.json is a record that rtmm wrote, and shows no scenario"],
    [["rerun", "best.json"], "best.json is not a result of rtmm run: it has no scheduler"],
    [["report", "best.json", "-o", "x.html"], "best.json is no record that can be shown"],
    [
      ["run", "small", "-s", "./tuned.yaml"],
      "tuned.yaml is no scheduler file: its name must end in .js, .mjs, .cjs or .ts; a file of rtmm tune goes to --params",
    ],
    [
      ["run", "small", "-s", "./result.json"],
      "result.json is no scheduler file: its name must end in .js, .mjs, .cjs or .ts",
    ],
    [["run", "small", "-s", "./folder.mjs"], "folder.mjs is a folder, not a scheduler file"],
  ])("%j", async (argv, message) => {
    const { code, stdout, stderr } = await call(argv, { cwd: folderWith(files) });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.match(/^(error|\S+:\d+:\d+): /gm)).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  test("but a file with its own mistakes is not taken for another kind", async () => {
    const mistakes = {
      "small.yaml": scenario.replace("durationMs", "duration"),
      "soc.yaml": small["soc.yaml"].replace("accelerators", "acelerators"),
      "cfg.yaml": "scenarios: [small]\nsytem: soc\n",
    };
    const cwd = folderWith({ ...small, ...mistakes });
    expect((await call(["run", "small"], { cwd })).stderr).toContain('the file needs "durationMs"');
    expect((await call(["show", "vr-gaming", "-S", "soc"], { cwd })).stderr).toContain('did you mean "accelerators"?');
    expect((await call(["run", "--config", "cfg.yaml"], { cwd })).stderr).toContain('did you mean "system"?');
  });
});

test("a measured layer that its model does not have is told with its line and the nearest name", async () => {
  const cwd = folderWith({
    ...small,
    "a.yaml": "name: a\ninput: [4, 8, 8]\nlayers: [{ name: stem, type: conv, out: 4, kernel: 1 }]\n",
    "soc.csv": "model,accelerator,layer,latencyMs,energyMj\na,npu,stemm,1,0.5\nb,npu,,1.5,2\nc,npu,,0.3,0.1\n",
  });
  const { code, stderr } = await call(["run", "small", "-S", "soc"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("soc.csv:2: model a has no layer stemm");
  expect(stderr).toContain('did you mean "stem"?');
});

test("a repeated measured layer is told with the names of its rounds", async () => {
  const cwd = folderWith({
    ...small,
    "a.yaml": "name: a\ninput: [4, 8, 8]\nlayers: [{ name: stem, type: conv, out: 4, kernel: 1, repeat: 3 }]\n",
    "soc.csv": "model,accelerator,layer,latencyMs,energyMj\na,npu,stem,1,0.5\nb,npu,,1.5,2\nc,npu,,0.3,0.1\n",
  });
  const { stderr } = await call(["run", "small", "-S", "soc"], { cwd });
  expect(stderr).toContain("soc.csv:2: model a has no layer stem");
  expect(stderr).toContain("; it is repeated: stem[0] to stem[2]");
});

test("a policy in Python without its command says what to write", async () => {
  const cwd = folderWith({ "mine.py": "print()\n" });
  const { code, stderr } = await call(["run", "vr-gaming", "-s", "./mine.py"], { cwd });
  expect([code, stderr]).toEqual([2, "error: mine.py is a Python program; write -s 'exec:python3 mine.py'\n"]);
});

test("help of help is that of rtmm", async () => {
  const { code, stdout } = await call(["help", "help"]);
  expect([code, stdout]).toEqual([0, (await call(["--help"])).stdout]);
});

test("help of a format is that of the format", async () => {
  const { code, stdout } = await call(["help", "import", "onnx"]);
  expect([code, stdout]).toEqual([0, expect.stringContaining("Usage: rtmm import onnx [options] <files...>")]);
});
