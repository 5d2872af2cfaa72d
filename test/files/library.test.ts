/** What names and files mean. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { builtIns, titleOf } from "../../src/files/built-ins.ts";
import { fileKind } from "../../src/files/file-kind.ts";
import { Library } from "../../src/files/library.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";

const model = "name: mine\nlayers: measured\n";

describe("resolve", () => {
  const cwd = folderWith({ "ritnet.yaml": model, "sub/mine.yml": model, "sub/scenario.yaml": "" });
  const library = new Library(cwd);

  test("a bare name is a file beside the one that names it, else a built-in", () => {
    expect(library.resolve("model", "ritnet", "scenario.yaml")).toBe("ritnet.yaml");
    expect(library.resolve("model", "mine", "sub/scenario.yaml")).toBe("sub/mine.yml");
    expect(library.resolve("model", "ritnet", "sub/scenario.yaml")).toBe(
      join(repository, "workloads/models/ritnet.yaml"),
    );
    expect(library.resolve("model", "nothing", "sub/scenario.yaml")).toBeUndefined();
  });

  test("a name with a folder or an ending is a path from the file that names it", () => {
    expect(library.resolve("model", "../ritnet.yaml", "sub/scenario.yaml")).toBe("ritnet.yaml");
    expect(library.resolve("model", "no/such", "sub/scenario.yaml")).toBe("sub/no/such");
    expect(library.resolve("model", "ritnet.yaml", "sub/scenario.yaml")).toBe("sub/ritnet.yaml");
  });

  test("a file does not mean itself by its own name", () => {
    expect(library.resolve("model", "ritnet", "ritnet.yaml")).toBe(join(repository, "workloads/models/ritnet.yaml"));
  });

  test("a file has one path, however it was reached", () => {
    expect(library.locate(join(cwd, "ritnet.yaml"), "sub/scenario.yaml")).toBe("ritnet.yaml");
  });

  test("an unknown name on the command line is told with the nearest one", () => {
    expect(() => library.find("system", "xr-soc")).toThrow('unknown system "xr-soc"; did you mean "xr-soc-2"?');
    expect(() => library.find("system", "qqqqqqqq")).toThrow("`rtmm list systems` shows them all");
  });
});

test("status tells files, folders and nothing apart", () => {
  const library = new Library(folderWith({ "a/b.yaml": "12345" }));
  expect(library.status("a/b.yaml")).toEqual({ kind: "file", bytes: 5 });
  expect(library.status("a").kind).toBe("folder");
  expect(library.status("c").kind).toBe("missing");
  expect(library.status("a/b.yaml/c").kind).toBe("missing");
  expect(library.status("/dev/null").kind).toBe("unreadable");
});

test("a hash is of the file as it was read first", () => {
  const library = new Library(folderWith({ "a.txt": "abc" }));
  expect(library.sha256("a.txt")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("what comes with rtmm has a title", () => {
  for (const kind of ["model", "scenario", "suite", "system"] as const) {
    expect(builtIns(kind).length).toBeGreaterThan(0);
    expect(builtIns(kind).filter((each) => titleOf(each) === undefined)).toEqual([]);
  }
});

describe("the kind of a file", () => {
  const files = {
    "schema.yaml": "# yaml-language-server: $schema=../schema/system.schema.json\nname: x\n",
    "tasks.yaml": "name: x\ntasks: []\n",
    "list.yaml": "{ name: x, scenarios: [a] }\n",
    "model.yaml": "name: x\nvariants: []\n",
    "hardware/empty.yaml": "",
    "nothing.yaml": "name: x\n",
    "binary.yaml": new Uint8Array([0, 1]),
  };
  const library = new Library(folderWith(files));

  test.each([
    ["schema.yaml", "system"],
    ["tasks.yaml", "scenario"],
    ["list.yaml", "suite"],
    ["model.yaml", "model"],
    ["hardware/empty.yaml", "system"],
    ["nothing.yaml", undefined],
    ["binary.yaml", undefined],
    ["missing.yaml", undefined],
  ])("of %s is %s", (path, kind) => expect(fileKind(path, library)).toBe(kind));
});

describe("what a file says", () => {
  const scenarioFile = (fps: number): string =>
    `name: tiny\ndurationMs: 100\ntasks:\n  - { id: a, model: kws-res8, fps: ${fps}, deadlineMs: 20 }\n`;

  test("is kept once it has passed its schema, for other libraries too", () => {
    const cwd = folderWith({ "tiny.yaml": scenarioFile(10) });
    const first = new Library(cwd);
    const scenario = loadScenario("tiny.yaml", first);
    expect([...first.checked.keys()]).toEqual([`scenario ${first.sha256("tiny.yaml")}`]);
    const second = new Library(cwd, undefined, undefined, structuredClone(first.checked));
    second.read("tiny.yaml");
    expect(second.checkedValue("tiny.yaml", "scenario")).toMatchObject({ name: "tiny", durationMs: 100 });
    expect(loadScenario("tiny.yaml", second)).toEqual(scenario);
  });

  test("is read again when it changes", () => {
    const cwd = folderWith({ "tiny.yaml": scenarioFile(10) });
    const library = new Library(cwd);
    loadScenario("tiny.yaml", library);
    writeFileSync(join(cwd, "tiny.yaml"), scenarioFile(20));
    expect(loadScenario("tiny.yaml", library).tasks[0]!.release).toMatchObject({ fps: 20 });
  });

  test("is not kept if the schema refuses it, nor with values that replace its own", () => {
    const cwd = folderWith({ "bad.yaml": scenarioFile(-10), "tiny.yaml": scenarioFile(10) });
    const library = new Library(cwd);
    expect(() => loadScenario("bad.yaml", library)).toThrow();
    loadScenario("tiny.yaml", library, new Map(), { overrides: { durationMs: 50 } });
    expect([...library.checked.keys()]).toEqual([]);
  });
});
