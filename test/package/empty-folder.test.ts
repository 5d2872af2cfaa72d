/** The package as others get it: in a folder of their own, with nothing but what it says that it needs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Called, folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";
import { installedIn } from "./installed.ts";

const policy = `import { defineScheduler, least } from "rtmm";
export default defineScheduler({
  name: "mine",
  summary: "least slack first, a layer at a time",
  source: "docs/library.md",
  parameters: { reserveMs: { kind: "number", summary: "time to spare", default: 1, min: 0 } },
  create: (_platform, { reserveMs }) => ({
    lateDrop: true,
    decide: ({ readyJobs, idleAccelerators }, decisions) =>
      decisions.run(least(readyJobs, (job) => job.deadlineNs - job.meanRemainingNs - reserveMs * 1e6), idleAccelerators[0], { layers: 1 }),
  }),
});
`;

const program = `import { type Comparison, compare, type RunResult, run, sweep } from "rtmm";
import mine from "./mine.js";
const { resultHash }: RunResult = await run({ scenario: "vr-gaming", scheduler: mine, params: { reserveMs: 2 } });
const { schedulers }: Comparison = await compare({ scenarios: "vr-gaming", schedulers: [mine, "edf"], seeds: 1 });
const experiment = { yaml: "name: s\\nscenarios: [vr-gaming]\\nsystems: [hda-2-ws-os-4k]\\nschedulers: [mine]\\n" };
const { points } = await sweep({ experiment, schedulers: [mine] });
console.log(JSON.stringify([resultHash, schedulers.map(({ label }) => label), points]));
`;

const browserProgram = `import { builtIns } from "rtmm/built-ins";
import { run } from "rtmm/browser";
import { compile } from "rtmm/core";
console.log((await run({ scenario: "vr-gaming", builtIns })).resultHash, typeof compile);
`;

const tsconfig = {
  compilerOptions: { module: "nodenext", target: "es2023", lib: ["es2023", "dom"], types: [], strict: true },
};

let folder: string;
let called: (command: string, ...words: string[]) => Called;
let rtmm: (...words: string[]) => Called;

beforeAll(() => {
  folder = folderWith({
    "package.json": JSON.stringify({ type: "module" }),
    "tsconfig.json": JSON.stringify(tsconfig),
    "mine.ts": policy,
    "program.ts": program,
    "in-browser.ts": browserProgram,
  });
  ({ called, rtmm } = installedIn(folder));
});

test("a policy of twelve lines and a program type-check and run", () => {
  expect(policy.trimEnd().split("\n").length).toBeLessThanOrEqual(12);
  expect(called(process.execPath, join(repository, "node_modules/typescript/bin/tsc"))).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  const inCli = rtmm("run", "vr-gaming", "-s", "./mine.js", "-p", "reserveMs=2", "-f", "json");
  const { resultHash } = JSON.parse(inCli.stdout) as { readonly resultHash: string };
  const own = called(process.execPath, "program.js");
  expect(JSON.parse(own.stdout)).toEqual([resultHash, ["mine", "edf"], 1]);
  const edf = JSON.parse(rtmm("run", "vr-gaming", "-f", "json").stdout) as { readonly resultHash: string };
  expect(called(process.execPath, "in-browser.js").stdout).toBe(`${edf.resultHash} function\n`);
});

test("what a policy gets wrong is a type error", () => {
  writeFileSync(
    join(folder, "wrong.ts"),
    policy.replace("reserveMs * 1e6", "reserveMS * 1e6").replace("deadlineNs", "deadline"),
  );
  const { code, stdout } = called(process.execPath, join(repository, "node_modules/typescript/bin/tsc"), "--noEmit");
  expect(code).not.toBe(0);
  expect(stdout).toContain("Property 'deadline' does not exist on type 'ReadyJob'");
  expect(stdout).toContain("Cannot find name 'reserveMS'");
});

test("a project that rtmm init writes runs, and its policy type-checks", () => {
  expect(rtmm("init", "door")).toMatchObject({ code: 0, stderr: expect.stringContaining("next: cd door\n") });
  expect(readFileSync(join(folder, "door/scenario.yaml"), "utf8")).toContain(
    "$schema=../node_modules/rtmm/schema/scenario.schema.json\n",
  );
  const run = rtmm("run", "door/scenario.yaml", "-S", "door/system.yaml", "-s", "./door/scheduler.mjs", "-f", "json");
  expect(JSON.parse(run.stdout)).toMatchObject({ scenario: "door" });
  const options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2023", "--module", "nodenext"];
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const check = () => called(process.execPath, tsc, "--ignoreConfig", ...options, "door/scheduler.mjs");
  expect(check()).toMatchObject({ code: 0, stdout: "" });
  const wrong = readFileSync(join(folder, "door/scheduler.mjs"), "utf8").replace("job.deadlineNs", "job.deadline");
  writeFileSync(join(folder, "door/scheduler.mjs"), wrong);
  expect(check().stdout).toContain("Property 'deadline' does not exist on type 'ReadyJob'");
});
