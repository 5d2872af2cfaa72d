/** `rtmm import` as a function of arguments and streams. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { referenceFiles, referencePath, withReference } from "../shared.ts";
import { call, folderWith } from "./call.ts";

const files = {
  "hw.m": "Accelerator A { num_pes: 256; top_noc_bw: 16; }\n",
  "flow.m": "Dataflow {\n  SpatialMap(1,1) K;\n  TemporalMap(1,1) C;\n}\n",
  "net.m": `Network tiny {
  FPS: 30
  Layer CONV1 { Type: CONV Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 16, X: 16 } }
}
`,
};

describe("rtmm import maestro", () => {
  test("prints a system to stdout where no folder is named", async () => {
    const { code, stdout } = await call(["import", "maestro", "flow.m", "hw.m"], { cwd: folderWith(files) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# yaml-language-server: .*system\.schema\.json\n/);
    expect(stdout).toContain("pes: 256");
  });

  test("writes models and a scenario that runs them, and tells so on stderr", async () => {
    const cwd = folderWith(files);
    const { code, stdout, stderr } = await call(["import", "maestro", "net.m", "-o", "out"], { cwd });
    expect([code, stdout]).toEqual([0, ""]);
    expect(readdirSync(join(cwd, "out")).sort()).toEqual(["net.yaml", "tiny.yaml"]);
    expect(stderr).toContain("wrote out/net.yaml");
    expect(await call(["validate", "out/net.yaml", "out/tiny.yaml"], { cwd })).toMatchObject({ code: 0 });
  });

  test("reports what it took, what it left out, and totals as rtmm counts them", async () => {
    const strided = files["net.m"].replace("Dimensions", "Stride { X: 2, Y: 2 } Dimensions");
    const cwd = folderWith({ "net.m": strided });
    const { stderr } = await call(["import", "maestro", "net.m", "-o", "out"], { cwd });
    expect(stderr).toContain(`took 1 network of 1 layer and the scenario that runs them from net.m
left out 2 x stride or N of tiny: the artifact ignores it, --dialect maestro
  does not; kept as a comment (first: net.m:1:9)
`);
    // 8 x 3 x 3 x 3 weights, each used at 14 x 14 places: the artifact's Y and X are an unpadded input.
    expect(stderr).toMatch(/^tiny +1 +0\.04234 +0\.0002160$/m);
  });

  test("every format has its own help", async () => {
    expect((await call(["import", "--help"])).stdout).toMatch(/^ {2}maestro +networks/m);
    expect((await call(["import", "maestro", "--help"])).stdout).toContain("rtmm import maestro VR_gaming.m -o mine");
  });

  test("points the written files at the schemas", async () => {
    const cwd = folderWith(files);
    await call(["import", "maestro", "net.m", "-o", "out"], { cwd });
    const [line] = readFileSync(join(cwd, "out/net.yaml"), "utf8").split("\n");
    const schema = /\$schema=(.*)$/.exec(line!)![1]!;
    expect(JSON.parse(readFileSync(join(cwd, "out", schema), "utf8"))).toHaveProperty("title");
  });

  test("never overwrites unasked, and then writes nothing at all", async () => {
    const cwd = folderWith({ ...files, "out/net.yaml": "mine" });
    const refused = await call(["import", "maestro", "net.m", "-o", "out"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("these files exist, so nothing was written: out/net.yaml");
    expect(readdirSync(join(cwd, "out"))).toEqual(["net.yaml"]);
    expect(await call(["import", "maestro", "net.m", "-o", "out", "--force"], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "out/net.yaml"), "utf8")).toContain("tasks:");
  });

  test("a broken file is told with file, line and column, and nothing is written", async () => {
    const cwd = folderWith({ "bad.m": "Network x {\n  FPS: fast\n}\n" });
    const { code, stdout, stderr } = await call(["import", "maestro", "bad.m", "-o", "out"], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/bad\.m:2:\d+:/);
    expect(readdirSync(cwd)).toEqual(["bad.m"]);
  });

  test.each<[string, string[], string]>([
    ["an unknown format", ["acme", "net.m", "--dialect", "x"], 'cannot import "acme"; known: '],
    ["no format", [], "import needs a format: "],
    ["a mistyped format", ["maestor", "net.m"], 'did you mean "maestro"?'],
    ["no file", ["maestro"], "missing required argument"],
    ["a file that is not there", ["maestro", "no.m"], "there is no file no.m"],
    ["a file of something else", ["maestro", "text.m"], "contains no Network, Dataflow or hardware"],
    ["a binary file", ["maestro", "binary.m"], "binary.m is a binary file"],
    ["hardware alone", ["maestro", "hw.m"], "needs the dataflow file of the same system"],
    ["dataflows alone", ["maestro", "flow.m"], "needs the hardware file of the same system"],
    ["two systems", ["maestro", "hw.m", "hw2.m", "flow.m"], "one system at a time"],
    ["several documents without a folder", ["maestro", "net.m"], "-o <folder>"],
    ["two workloads with models of one name", ["maestro", "net.m", "sub/net2.m", "-o", "out"], "separate folders"],
    ["a folder that is a file", ["maestro", "net.m", "-o", "hw.m"], "hw.m: a file of that name exists"],
  ])("%s is refused", async (_, argv, message) => {
    const more = { "text.m": "hello\n", "binary.m": new Uint8Array([1, 0, 2]), "sub/net2.m": files["net.m"] };
    const cwd = folderWith({ ...files, ...more, "hw2.m": files["hw.m"] });
    const { code, stdout, stderr } = await call(["import", ...argv], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("rtmm import arrivals", () => {
  const trace = "when;app;a;b\n1,5;x;2;10\n2;y;1;0\n";

  test("maps columns, sums work, and writes a scenario that validates", async () => {
    const cwd = folderWith({ "trace.csv": trace });
    const columns = ["--time", "when", "--time-format", "s", "--task", "app", "--scale", "a,b=0.5"];
    const { code, stderr } = await call(["import", "arrivals", "trace.csv", ...columns, "-o", "out"], { cwd });
    expect([code, stderr]).toEqual([
      0,
      "took 2 requests of 2 tasks in 501 ms from trace.csv\nwrote out/trace.yaml\nwrote out/trace-jobs.csv\n",
    ]);
    expect(readFileSync(join(cwd, "out/trace-jobs.csv"), "utf8")).toBe("task,releaseMs,scale\nx,0,7\ny,500,1\n");
    expect(await call(["validate", "out/trace.yaml"], { cwd })).toMatchObject({ code: 0 });
  });

  test("a worth that is none is refused", async () => {
    const { code, stderr } = await call(["import", "arrivals", "t.csv", "--scale", "a=none"], { cwd: folderWith({}) });
    expect(code).toBe(2);
    expect(stderr).toContain('expected column=<number above 0>, got "a=none"');
  });
});

describe("rtmm import jobset and simso", () => {
  test("a job set with its precedence becomes a scenario that runs on its system", async () => {
    const jobs = "T,J,Amin,Amax,Cmin,Cmax,D,P\n1,1,0,0,2,2,9,1\n1,2,0,0,3,3,9,2\n";
    const cwd = folderWith({ "set.csv": jobs, "set.prec.csv": "Predecessor TID,Predecessor JID,TID,JID\n1,1,1,2\n" });
    const argv = ["import", "jobset", "set.csv", "set.prec.csv", "--unit", "us", "-o", "out"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 0 });
    const done = await call(["run", "out/set.yaml", "-S", "out/set-system.yaml", "-s", "np-hpf", "-f", "json"], {
      cwd,
    });
    expect(done).toMatchObject({ code: 0 });
  });

  test("a simulation becomes a scenario that runs on its processors", async () => {
    const xml = `<simulation duration="1000" cycles_per_ms="10"><sched class="simso.schedulers.EDF"/><processors>
<processor name="CPU 1" id="1"/></processors><tasks><task name="T1" id="1" period="7" deadline="7" WCET="3"/></tasks></simulation>`;
    const cwd = folderWith({ "tasks.xml": xml });
    const { code, stderr } = await call(["import", "simso", "tasks.xml", "-o", "out"], { cwd });
    expect([code, stderr]).toEqual([0, expect.stringContaining("took 1 task on 1 processor from tasks.xml")]);
    const done = await call(["run", "out/tasks.yaml", "-S", "out/tasks-system.yaml", "-s", "edf"], { cwd });
    expect(done).toMatchObject({ code: 0 });
  });
});

describe("rtmm import scalesim", () => {
  const topology = "Layer,M,N,K,\ngate,4,B,3,\n";

  test("writes a model and a system, fills in letters, and tells totals", async () => {
    const cwd = folderWith({
      "net.csv": topology,
      "array.cfg": "[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\n",
    });
    const argv = ["import", "scalesim", "net.csv", "array.cfg", "--define", "B=5", "-o", "out"];
    const { code, stderr } = await call(argv, { cwd });
    expect(code).toBe(0);
    // 4 x 5 x 3 multiply-accumulates, 5 x 3 weights.
    expect(stderr).toMatch(/^net +1 +6\.000e-5 +1\.500e-5$/m);
    expect(await call(["cost", "out/net.yaml", "-S", "out/array.yaml"], { cwd })).toMatchObject({ code: 0 });
  });

  test("a letter without a value, and a definition that is none, are refused", async () => {
    const cwd = folderWith({ "net.csv": topology });
    const open = await call(["import", "scalesim", "net.csv"], { cwd });
    expect(open).toMatchObject({ code: 2, stdout: "" });
    expect(open.stderr).toContain("net.csv:2:8: N is B; this is a template: say --define B=<number>");
    const wrong = await call(["import", "scalesim", "net.csv", "--define", "B=many"], { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('expected NAME=<whole number>, got "B=many"');
  });
});

withReference("xrbench-artifact", () => {
  const folders = ["single", "dual", "quad"].map((kind) => {
    const paths = (what: string) =>
      referenceFiles(`xrbench-artifact/${what}/${kind}`).map((file) =>
        referencePath("xrbench-artifact", what, kind, file),
      );
    return { kind, hardware: paths("hw_configs"), dataflows: paths("dataflows") };
  });

  test.each(folders)(
    "every $kind system of the artifact imports, loads and has costs",
    async ({ hardware, dataflows }) => {
      for (const file of hardware) {
        for (const dataflow of dataflows) {
          const { code, stdout } = await call(["import", "maestro", file, dataflow]);
          expect(code).toBe(0);
          const cwd = folderWith({ "system.yaml": stdout });
          const cost = await call(["cost", "res8-narrow", "-S", "system.yaml", "-f", "json"], { cwd });
          expect(cost).toMatchObject({ code: 0, stderr: "" });
        }
      }
    },
  );

  test("every scenario of the artifact imports, and can be shown on a system", async () => {
    for (const file of referenceFiles("xrbench-artifact/usage_scenarios")) {
      const cwd = folderWith({});
      const source = referencePath("xrbench-artifact/usage_scenarios", file);
      const { stderr } = await call(["import", "maestro", source, "-o", "out"], { cwd });
      const scenario = /wrote (\S+)\s*$/.exec(stderr)![1]!;
      const shown = await call(["show", scenario, "-S", "hda-2-ws-os-4k", "-f", "json"], { cwd });
      expect(shown).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(shown.stdout)).toHaveProperty("feasibility.verdict");
    }
  });
});
