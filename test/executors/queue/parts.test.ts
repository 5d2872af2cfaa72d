/** What the cluster is made of, without a Redis server. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PointSource } from "../../../src/executors/point.ts";
import { Batches } from "../../../src/executors/queue/batches.ts";
import { bundleOf } from "../../../src/executors/queue/bundle.ts";
import { Flight } from "../../../src/executors/queue/flight.ts";
import { policyFiles } from "../../../src/executors/queue/policy-files.ts";
import { queueAddress } from "../../../src/executors/queue/queue-address.ts";
import { fileTree, placeIn } from "../../../src/files/file-tree.ts";
import { Library } from "../../../src/files/library.ts";
import { packageFolder } from "../../../src/files/package-folder.ts";
import { prepare } from "../../../src/run/prepare.ts";
import type { RunRequest } from "../../../src/run/run-setup.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { folderWith, small } from "../../cli/call.ts";

const request: RunRequest = {
  scenario: "small.yaml",
  system: "soc.yaml",
  scheduler: "edf",
  parameters: {},
  seed: 1,
  durationMs: undefined,
  warmupMs: 0,
};

const sourceOf = (wanted: readonly boolean[]): PointSource => ({
  count: wanted.length,
  caseSize: 1,
  request: (index) => (wanted[index] ? request : undefined),
});

test("jobs hold every point that is wanted once, in order, whatever workers say of its time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean()),
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.nat(9),
      (wanted, times, threads) => {
        const batches = new Batches(sourceOf(wanted));
        const taken: number[] = [];
        for (let job = 0; ; job += 1) {
          const points = batches.take(threads);
          if (points.length === 0) break;
          expect(points.length).toBeLessThanOrEqual(250);
          taken.push(...points.map(({ index }) => index));
          batches.learn(points.length, times[job % times.length]!);
        }
        expect(taken).toEqual([...wanted.keys()].filter((index) => wanted[index]));
      },
    ),
  );
});

test("points of a job that failed are taken again one by one", () => {
  const batches = new Batches(sourceOf([true, true, true]));
  while (batches.take(1).length > 0);
  batches.again([0, 2]);
  const jobs = [batches.take(1), batches.take(1), batches.take(1)];
  expect(jobs.map((points) => points.map(({ index }) => index)).sort()).toEqual([[], [0], [2]]);
});

test("an outcome is news once, and a job is over with its last one", () => {
  const flight = new Flight();
  flight.add("a", [
    { index: 3, request },
    { index: 4, request },
  ]);
  expect([3, 3, 4, 4, 5].map((index) => flight.settle({ index }))).toEqual([true, false, true, false, false]);
  expect(flight.size).toBe(0);
});

describe("the URL of a queue", () => {
  test("is shown as host and port alone", () => {
    expect(queueAddress("rediss://user:secret@host.example:6380/2").hostPort).toBe("host.example:6380");
    expect(queueAddress("redis://host").hostPort).toBe("host:6379");
  });

  test("takes its password from the environment where it has none", () => {
    expect(queueAddress("redis://u@host", { REDISCLI_AUTH: "p@ss" }).url).toBe("redis://u:p%40ss@host");
    expect(queueAddress("redis://u:own@host", { REDISCLI_AUTH: "p@ss" }).url).toBe("redis://u:own@host");
  });

  test.each([
    "host:6379",
    "http://u:secret@host",
    "redis://",
    "redis://u:secret@host/name",
    "u:secret@host",
    "redis://u:6/secret@host",
    "redis://u:6?secret@host",
    "redis://u:6#secret@host",
    "redis://u:secret%@host",
  ])("is refused without being repeated: %s", (text) => {
    expect(() => queueAddress(text)).toThrow(/--queue/);
    expect(() => queueAddress(text)).not.toThrow(/secret/);
  });
});

describe("a policy's files", () => {
  const folder = folderWith({
    "package.json": '{ "type": "module" }',
    "good.js": 'import fs from "node:fs";\nimport "./a/one.js";\nexport { two } from "./two.js";\nimport.meta.url;\n',
    "a/one.js": 'const two = await import("../two.js");\nimport table from "./table.json" with { type: "json" };\n',
    "a/table.json": "{}",
    "two.js": 'import "./good.js";\nexport const two = 2;\n',
    "package.js": 'import chalk from "chalk";\nexport default {};\n',
    "late.js": "export default await import(process.env.X);\n",
    "glob.js": `export default (x) => import(\`./\${x}.js\`);\n`,
    "old.cjs": 'module.exports = require("./two.js");\n',
    "gone.js": 'import "./nowhere.js";\n',
  });

  writeFileSync(join(folder, "absolute.js"), `import ${JSON.stringify(pathToFileURL(join(folder, "two.js")).href)};\n`);

  test("are all that it imports, however far, and the package.json that says how they are read", async () => {
    const found = await policyFiles("good.js", new Library(folder));
    expect([...found].sort()).toEqual(["a/one.js", "a/table.json", "good.js", "package.json", "two.js"]);
  });

  test.each([
    ["package.js", /imports the package "chalk".*bundle it/],
    ["late.js", /computes the path of an import/],
    ["glob.js", /computes the path of an import/],
    ["old.cjs", /calls require\(\)/],
    ["absolute.js", /imports "file:.*two.js" by an absolute path/],
    ["gone.js", /imports ".\/nowhere.js", which does not exist/],
  ])("do not travel: %s", async (file, why) => {
    await expect(policyFiles(file, new Library(folder))).rejects.toThrow(why);
  });
});

describe("files that were brought to another folder", () => {
  const policy = `import { pick } from "../lib/pick.js";
export default {
  name: "mine", summary: "s", source: "s", parameters: [],
  create: () => ({ lateDrop: false, decide: (view, decisions) => pick(view, decisions) }),
};
`;
  const files = {
    "lib/pick.js": "export const pick = (view) => { throw new Error(String(view.nowNs)); };\n",
    "exp/mine.js": policy,
    "exp/scenario.yaml": small["small.yaml"],
    "exp/soc.yaml": small["soc.yaml"].replace("table: soc.csv", "table: ../lib/soc.csv"),
    "lib/soc.csv": small["soc.csv"],
    ...Object.fromEntries(["a", "b", "c"].map((name) => [`exp/${name}.yaml`, small[`${name}.yaml` as "a.yaml"]])),
  };

  test("are found by the paths that they had, and are told by them", async () => {
    const cwd = join(folderWith(files), "exp");
    const own = { ...request, scenario: "scenario.yaml", scheduler: "mine.js" };
    const here = new Library(cwd);
    const setup = await prepare(own, new Workbench(here));
    const { paths } = await bundleOf(setup.inputs, here);
    const root = folderWith({});
    for (const { path } of paths) {
      mkdirSync(dirname(placeIn(root, path)), { recursive: true });
      writeFileSync(placeIn(root, path), here.read(path));
    }
    const there = new Library(cwd, fileTree({ root, packageFolder: "/opt/rtmm/" }));
    expect((await prepare(own, new Workbench(there))).inputs).toEqual(setup.inputs);
    expect(there.onDisk("scenario.yaml")).toBe(join(root, cwd, "scenario.yaml"));
    expect(() => there.find("system", "./nowhere.yaml")).not.toThrow(root);
  });

  test("find built-ins of this machine by paths of the other one", () => {
    const library = new Library("/home/u", fileTree({ root: "/nowhere", packageFolder: "/opt/rtmm/" }));
    const path = library.find("scenario", "vr-gaming");
    expect(path).toBe("/opt/rtmm/workloads/scenarios/vr-gaming.yaml");
    expect(library.onDisk(path)).toBe(join(packageFolder, "workloads/scenarios/vr-gaming.yaml"));
    expect(library.origin(path)).toEqual({ from: "built-in", path: "workloads/scenarios/vr-gaming.yaml" });
  });

  test("never leave their folder", () => {
    expect(placeIn("/tmp/root", "/a/../../../etc/passwd")).toBe("/tmp/root/etc/passwd");
    expect(placeIn("/tmp/root", "../../etc/passwd")).toBe("/tmp/root/etc/passwd");
  });
});
