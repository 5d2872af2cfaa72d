/** Where results go when the paths are odd: told before anything runs, and nothing half-written stays. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";

const runSmall = async (cwd: string, ...more: string[]) => call(["run", "small", "-S", "soc", ...more], { cwd });
const parts = (folder: string) => readdirSync(folder).filter((file) => file.endsWith(".part"));

test("--jobs may name the file that --out writes anyway", async () => {
  const cwd = folderWith(small);
  const { code, stderr } = await runSmall(cwd, "-o", "out", "--jobs", "out/jobs.csv");
  expect(code).toBe(0);
  expect(stderr.match(/wrote .*jobs\.csv/g)).toHaveLength(1);
  expect(readFileSync(join(cwd, "out/jobs.csv"), "utf8").split("\n")).toHaveLength(8);
  expect(readdirSync(join(cwd, "out")).sort()).toEqual(["jobs.csv", "result.json"]);
});

test("nothing half-written stays where one of several files cannot be written", async () => {
  const cwd = folderWith(small);
  mkdirSync(join(cwd, "out/jobs.csv"), { recursive: true });
  const { code, stdout } = await runSmall(cwd, "-o", "out", "--jobs", "mine.csv");
  expect([code, stdout]).toEqual([2, ""]);
  expect([...parts(cwd), ...parts(join(cwd, "out"))]).toEqual([]);
});

test.skipIf(!existsSync("/dev/full"))("a result that was computed is shown where the disk is full", async () => {
  const cwd = folderWith(small);
  const { code, stdout, stderr } = await runSmall(cwd, "--jobs", "/dev/full", "-f", "json", "-o", "out");
  expect(code).toBe(2);
  expect(JSON.parse(stdout).scenario).toBe("small");
  expect(stderr).toContain("cannot write /dev/full: the disk is full");
  expect(parts(join(cwd, "out"))).toEqual([]);
});

test.skipIf(!existsSync("/proc/self"))("a folder that cannot be made is told at once", async () => {
  const { code, stdout, stderr } = await runSmall(folderWith(small), "-o", "/proc/rtmm/out");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("cannot write /proc/rtmm/out");
});

describe("an input of the command is never replaced", () => {
  test.each<[string, string[], string]>([
    ["a table, by --jobs", ["run", "small", "-S", "soc", "--jobs", "soc.csv"], "soc.csv"],
    ["a table, by another name", ["run", "small", "-S", "soc", "--jobs", "../IN/./soc.csv"], "soc.csv"],
    ["a table, by --out", ["run", "small", "-S", "listed", "-o", "."], "jobs.csv"],
    ["a table, by a load curve", ["capacity", "small", "-S", "soc", "-s", "edf", "-o", "soc.csv"], "soc.csv"],
    [
      "a scenario, by tuned parameters",
      ["tune", "small", "-S", "soc", "-s", "dream", "-o", "small.yaml"],
      "small.yaml",
    ],
    ["a policy, by a schedule", ["optimum", "small", "-S", "soc", "-s", "./mine.mjs", "-o", "mine.mjs"], "mine.mjs"],
    ["a table, by numbers of a figure", ["plot", "sla", "small", "-S", "soc", "--data", "soc.csv"], "soc.csv"],
    ["a table, by exported costs", ["export", "costs", "a.yaml", "-S", "soc", "-o", "soc.csv"], "soc.csv"],
    ["a source, by an import", ["import", "jobset", "set.yaml", "-o", ".", "--force"], "set.yaml"],
  ])("%s", async (_, argv, kept) => {
    const files = {
      ...small,
      "a.yaml": "name: a\ninput: [4, 8, 8]\nlayers: [{ name: stem, type: conv, out: 4, kernel: 1 }]\n",
      "listed.yaml": small["soc.yaml"].replace("soc.csv", "jobs.csv"),
      "jobs.csv": small["soc.csv"],
      "mine.mjs": eager,
      "set.yaml":
        "jobset:\n  - { Task ID: 1, Job ID: 1, Arrival min: 0, Arrival max: 0, Cost min: 1, Cost max: 1, Deadline: 9, Priority: 9 }\n",
    };
    const cwd = folderWith(files);
    const { code, stderr } = await call(
      argv.map((word) => word.replace("IN", basename(cwd))),
      { cwd },
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining(`cannot write ${kept}: this command reads it`)]);
    expect(readFileSync(join(cwd, kept), "utf8")).toBe(files[kept as keyof typeof files]);
    expect(parts(cwd)).toEqual([]);
  });

  test("nor is one that was read through a link", async () => {
    const cwd = folderWith({
      ...small,
      "times.csv": small["soc.csv"],
      "soc.yaml": small["soc.yaml"].replace("soc.csv", "link.csv"),
    });
    symlinkSync("times.csv", join(cwd, "link.csv"));
    const { code, stderr } = await runSmall(cwd, "--jobs", "times.csv");
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot write times.csv: this command reads it")]);
    expect(readFileSync(join(cwd, "times.csv"), "utf8")).toBe(small["soc.csv"]);
  });
});

/** Runs whatever comes first. */
const eager = `export default {
  name: "eager", summary: "s", source: "this test", parameters: [],
  create: () => ({ lateDrop: false, decide: (view, decisions) => decisions.run(view.readyJobs.first, view.idleAccelerators[0]) }),
};
`;

test.each<[string[], string]>([
  [["run", "small", "-S", "soc", "--jobs", "x.json"], "x.json must end in .csv"],
  [["run", "small", "-S", "soc", "--jobs", "-"], "- must end in .csv"],
  [["capacity", "small", "-S", "soc", "-s", "edf", "-o", "x.json"], "x.json must end in .csv"],
  [["tune", "small", "-S", "soc", "-s", "dream", "-o", "x.json"], "x.json must end in .yaml or .yml"],
  [["optimum", "small", "-S", "soc", "-s", "edf", "-o", "x.txt"], "x.txt must end in .mjs or .js"],
  [["report", "small", "-S", "soc", "-o", "x.txt"], "x.txt must end in .html or .htm"],
  [["report", "small", "-S", "soc", "-o", "-"], "- must end in .html or .htm"],
  [["plot", "sla", "small", "-S", "soc", "-o", "x.jpg"], "x.jpg must end in .svg, .pdf or .png"],
])("a name that promises another format is refused: %j", async (argv, message) => {
  const cwd = folderWith(small);
  const { code, stdout, stderr } = await call(argv, { cwd });
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  expect(readdirSync(cwd).sort()).toEqual(Object.keys(small).sort());
});

test.skipIf(!existsSync("/dev/null"))("a device takes any format", async () => {
  expect(await runSmall(folderWith(small), "--jobs", "/dev/null")).toMatchObject({ code: 0 });
});

test("- is stdout for an export, too", async () => {
  const argv = ["export", "costs", "res8-narrow", "-S", "fda-1-ws-4k"];
  const { stdout } = await call(argv);
  expect(stdout).toMatch(/^model,/);
  expect(await call([...argv, "-o", "-"])).toMatchObject({ code: 0, stdout });
});

describe("a folder with files of others", () => {
  test.each([
    ["adversary", ["adversary", "--a", "fcfs", "--b", "edf", "--budget", "1", "-o", "."]],
    ["adversary --all", ["adversary", "--all", "--schedulers", "fcfs,edf", "--budget", "1", "-o", "."]],
    ["test-policy", ["test-policy", "edf", "--cases", "1", "-o", "."]],
  ])("is not the folder of %s", async (_, argv) => {
    const cwd = folderWith({ "scenario.yaml": "name: mine\n" });
    const { code, stderr } = await call(argv, { cwd });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/replace files of yours.*choose another folder with -o/)]);
    expect([readdirSync(cwd), readFileSync(join(cwd, "scenario.yaml"), "utf8")]).toEqual([
      ["scenario.yaml"],
      "name: mine\n",
    ]);
  });
});
