/** `rtmm init`: a project that runs at once, and the same for networks that somebody has. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { repository } from "../repository.ts";
import { call, folderWith } from "./call.ts";

const init = (cwd: string, ...words: string[]) => call(["init", ...words], { cwd });

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** The commands of a project's README, in order. Sweeps have one thread: threads take long to start. */
const commandsOf = (folder: string): readonly (readonly string[])[] =>
  [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\$ rtmm (.*)$/gm)]
    .map(([, words]) => words!.split(" "))
    .map((words) => (words[0] === "sweep" ? [...words, "-j", "1"] : words));

/** Their exit codes, and what they complain of. */
async function failuresOf(folder: string): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const words of commandsOf(folder)) {
    const { code, stderr } = await call(words, { cwd: folder });
    if (code !== 0) failures.push(`${words.join(" ")}: ${code} ${stderr}`);
  }
  return failures;
}

const yamlOf = (folder: string, file: string) => parse(readFileSync(join(folder, file), "utf8"));

test("every command of the README works, in its order", async () => {
  const cwd = folderWith({});
  const { code, stdout, stderr } = await init(cwd, "door");
  const folder = join(cwd, "door");
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(`${filesBelow(folder)
    .toSorted(inOrderOf(stderr))
    .map((file) => `wrote door/${file}\n`)
    .join("")}next: cd door
next: rtmm run scenario.yaml -S system.yaml
README.md has the other commands, in order
`);
  expect(commandsOf(folder).map(([name]) => name)).toEqual([
    "show",
    "run",
    "run",
    "validate",
    "test-policy",
    "compare",
    "compare",
    "sweep",
    "baseline",
    "check",
  ]);
  expect(await failuresOf(folder)).toEqual([]);
});

/** As the files are told. */
const inOrderOf = (text: string) => (a: string, b: string) => text.indexOf(`/${a}\n`) - text.indexOf(`/${b}\n`);

const twoModels = {
  "Hand Net.csv": "layer,latencyMs\nconv,0.5\nfc,0.25\n",
  "gaze.csv": "layer,latencyMs\nconv,1\n",
};

test("from profiles: the costs that were measured, and a task for each at its rate", async () => {
  const cwd = folderWith(twoModels);
  const { code, stderr } = await init(cwd, "set", "--from", "profile", "Hand Net.csv", "gaze.csv", "--fps", "30,60");
  const folder = join(cwd, "set");
  expect([code, stderr]).toEqual([0, expect.stringContaining("took 2 layers of Hand Net")]);
  expect(stderr).toContain("next: rtmm run imported/set.yaml -S imported/set-system.yaml\n");
  expect(yamlOf(folder, "imported/set.yaml")).toMatchObject({
    tasks: [
      { model: "hand-net", fps: 30 },
      { model: "gaze", fps: 60 },
    ],
  });
  expect(existsSync(join(folder, "system.yaml"))).toBe(false);
  expect(await failuresOf(folder)).toEqual([]);
});

/** 3 MMACs a job on paper: 3 x 3 x 8 x 8 x (72 x 72). */
const topology = `Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
Conv1, 74, 74, 3, 3, 8, 8, 1,
`;

test("from networks: a scenario of theirs, and a system that is large enough", async () => {
  const cwd = folderWith({ "a.csv": topology, "b.csv": topology });
  const { code, stderr } = await init(cwd, "net", "--from", "scalesim", "a.csv", "b.csv", "--fps", "20,40");
  const folder = join(cwd, "net");
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^a +1 +2\.986 /m)]);
  expect(stderr).toContain("system.yaml has two accelerators of 512 PEs, which is enough for these rates\n");
  expect(yamlOf(folder, "scenario.yaml")).toMatchObject({
    name: "net",
    tasks: [
      { id: "a", model: "./imported/a.yaml", fps: 20 },
      { id: "b", model: "./imported/b.yaml", fps: 40 },
    ],
  });
  expect(await failuresOf(folder)).toEqual([]);
});

test("the accelerators grow with what the rates ask for", async () => {
  const cwd = folderWith({ "a.csv": topology });
  const size = async (fps: string) => {
    const { stderr } = await init(cwd, `at-${fps}`, "--from", "scalesim", "a.csv", "--fps", fps);
    const { accelerators } = yamlOf(join(cwd, `at-${fps}`), "system.yaml");
    const told = Number(/accelerators of (\d+) PEs, which is enough/.exec(stderr)?.[1] ?? Number.NaN);
    expect(accelerators).toMatchObject([
      { pes: told, nocElementsPerCycle: told / 16 },
      { pes: told, nocElementsPerCycle: told / 16 },
    ]);
    return told;
  };
  const small = await size("30");
  expect(await size("30000")).toBeGreaterThan(small);
  const { stderr } = await init(cwd, "never", "--from", "scalesim", "a.csv", "--fps", "1000000");
  expect(stderr).toContain("accelerators of 32768 PEs, which is not enough; rtmm show says why\n");
});

test("without rates every model runs at 30 fps, and that is said", async () => {
  const cwd = folderWith({ "a.csv": topology });
  const { stderr } = await init(cwd, ".", "--from", "scalesim", "a.csv", "--name", "Café 7!");
  expect(stderr).toContain("hint: every model runs at 30 fps; --fps 30,60 gives each its own rate\n");
  expect(stderr).not.toContain("next: cd");
  expect(yamlOf(cwd, "scenario.yaml")).toMatchObject({ name: "cafe-7", title: "Café 7!", tasks: [{ fps: 30 }] });
});

test("options of the format stand after its files", async () => {
  const cwd = folderWith({ "t.csv": topology.replace("74, 74", "H, 74") });
  const words = ["--from", "scalesim", "t.csv", "--define", "H=74", "--fps", "10"];
  expect(await init(cwd, "net", ...words)).toMatchObject({ code: 0 });
  expect(await init(cwd, "other", ...words, "--defin", "H=74")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown option '--defin'"),
  });
  expect(existsSync(join(cwd, "other"))).toBe(false);
});

const jobs =
  "Task ID,Job ID,Arrival min,Arrival max,Cost min,Cost max,Deadline,Priority\n1,1,0,0,2,2,10,1\n2,2,0,0,3,3,9,2\n";

test("an import that has a scenario of its own keeps it, without a system of its own", async () => {
  const cwd = folderWith({ "jobs.csv": jobs });
  const { code, stderr } = await init(cwd, "set", "--from", "jobset", "jobs.csv");
  expect([code, stderr]).toEqual([0, expect.stringMatching(/next: rtmm run imported\/\S+ -S imported\/\S+\n/)]);
  expect(stderr).not.toContain("30 fps");
  expect(await failuresOf(join(cwd, "set"))).toEqual([]);
});

test("files that are there stay, unless they may be replaced; nothing else is written", async () => {
  const cwd = folderWith({ "README.md": "mine", "system.yaml": "mine" });
  const refused = await init(cwd);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    "error: these files exist, so nothing was written: README.md, system.yaml (--force overwrites)\n",
  ]);
  expect(filesBelow(cwd)).toEqual(["README.md", "system.yaml"]);
  expect(await init(cwd, "--force")).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "README.md"), "utf8")).toContain("rtmm check");
});

const mistakes: readonly (readonly [string, readonly string[], string])[] = [
  ["a file as folder", ["a.csv"], "cannot write"],
  ["a file above the folder", ["a.csv/mine"], "cannot write"],
  ["a folder in the place of a file", ["taken", "--force"], "cannot write taken/system.yaml: it is a folder"],
  ["a name without a letter", ["東京"], '"東京" gives no name for the scenario'],
  ["two folders", ["a", "b"], "init takes one folder, got a and b"],
  ["an unknown option", ["a", "--pyton"], "--pyton means nothing without --from"],
  ["rates of nothing", ["a", "--fps", "30"], "--fps means nothing without --from"],
  ["an unknown format", ["a", "--from", "scalesin", "a.csv"], 'no format "scalesin"; did you mean "scalesim"?'],
  ["a format without files", ["a", "--from", "scalesim"], "missing required argument 'files'"],
  ["a file that is not there", ["a", "--from", "scalesim", "b.csv"], "b.csv"],
  ["-o", ["a", "--from", "scalesim", "a.csv", "-o", "b"], "init takes no -o; the folder stands first"],
  [
    "rates for more models",
    ["a", "--from", "scalesim", "a.csv", "--fps", "1,2"],
    "--fps has 2 rates, and there is one model: a",
  ],
  ["a rate of none of the models", ["a", "--from", "scalesim", "a.csv", "--fps", "c=1"], 'nothing is called "c"'],
  ["a system alone", ["a", "--from", "scalesim", "a.cfg"], "needs networks to run"],
  ["Python and a rate", ["a", "--python", "--fps", "3"], "--python writes a policy only, and takes no --fps"],
];

test.each(mistakes)("%s is refused in words, and nothing is written", async (_, words, message) => {
  const cfg = "[general]\nrun_name = tiny\n\n[architecture_presets]\nArrayHeight: 8\nArrayWidth: 8\n";
  const cwd = folderWith({ "a.csv": topology, "a.cfg": cfg });
  mkdirSync(join(cwd, "taken/system.yaml"), { recursive: true });
  const { code, stderr } = await init(cwd, ...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(filesBelow(cwd)).toEqual(["a.cfg", "a.csv"]);
});

test("the written policy beats edf where there is too much to do", async () => {
  const cwd = folderWith({});
  await init(cwd);
  const words = ["compare", "scenario.yaml", "-S", "system.yaml", "-s", "edf,./scheduler.mjs", "--seeds", "2"];
  const { stdout } = await call([...words, "--rate-scale", "1.5", "-m", "deadlineViolationRate", "-f", "csv"], { cwd });
  const [edf, mine] = ["edf", "mine"].map((name) => Number(new RegExp(`,${name},.*?,([\\d.]+)`).exec(stdout)?.[1]));
  expect(mine).toBeLessThan(edf! / 2);
});

test("the template is a project itself: nothing in it needs to be written first", async () => {
  const folder = join(repository, "template");
  const names = ["scenario.yaml", "system.yaml", "experiment.yaml", "models/detector.yaml"];
  expect(await call(["validate", ...names], { cwd: folder })).toMatchObject({ code: 0 });
});
