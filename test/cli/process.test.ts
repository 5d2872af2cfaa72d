/** rtmm as a process, as built: what a function of argv and streams cannot show. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../repository.ts";
import { folderWith, small } from "./call.ts";

const program = join(repository, "bin/rtmm.js");

function rtmm(cwd: string, argv: readonly string[], stdout: "pipe" | number = "pipe") {
  const { status, ...written } = spawnSync(process.execPath, [program, ...argv], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", stdout, "pipe"],
    timeout: 30_000,
  });
  return { code: status, stdout: written.stdout, stderr: written.stderr };
}

const policy = (before: string, decide: string): string => `${before}
export default {
  name: "mine", summary: "s", source: "mine", parameters: [],
  create: () => ({ lateDrop: false, decide(view, decisions) { ${decide} } }),
};
`;
const first = "decisions.run(view.readyJobs.first, view.idleAccelerators[0]);";
const runMine = ["run", "small", "-S", "soc", "-s", "./mine.mjs", "-f", "json"];

test("what a policy prints does not mix with JSON on stdout", () => {
  const cwd = folderWith({
    ...small,
    "mine.mjs": policy('console.log("hello");', `console.info("decides"); ${first}`),
  });
  const { code, stdout, stderr } = rtmm(cwd, runMine);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).scheduler.name).toBe("mine");
  expect(stderr).toContain("hello\ndecides\n");
  const verified = rtmm(cwd, ["verify", "small", "-S", "soc", "-s", "./mine.mjs", "--repeat", "1"]);
  expect([verified.code, verified.stdout.includes("hello")]).toEqual([0, false]);
}, 60_000);

test("a promise that a policy lets fail is told in a line, with exit code 1", () => {
  const cwd = folderWith({ ...small, "mine.mjs": policy("", `Promise.reject(new Error("too late")); ${first}`) });
  const { code, stderr } = rtmm(cwd, runMine);
  expect(code).toBe(1);
  expect(stderr).toContain("error: too late (thrown outside a run");
  expect(stderr).not.toContain("    at ");
  expect(rtmm(cwd, ["--debug", ...runMine]).stderr).toContain("    at ");
}, 60_000);

test("a policy whose top-level await never ends is told in a line, with exit code 1", () => {
  const cwd = folderWith({ ...small, "mine.mjs": policy("await new Promise(() => {});", first) });
  const { code, stdout, stderr } = rtmm(cwd, runMine);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("error: the command waits for something that never happens");
}, 60_000);

test.skipIf(process.platform === "win32")(
  "a policy that never returns is stopped in this thread and named, and the other schedulers are compared",
  () => {
    const hanging = first.replace("decisions.run(", "if (view.nowNs > 0) for (;;); decisions.run(");
    const cwd = folderWith({ ...small, "mine.mjs": policy("", hanging) });
    const told = "did not end within 0.3 s; --policy-timeout sets the limit";
    const { code, stdout, stderr } = rtmm(cwd, [...runMine, "--policy-timeout", "0.3"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: policy "mine" at [\d.]+ ms: decide /);
    expect(stderr).toContain(told);
    const compared = ["compare", "small", "-S", "soc", "-s", "edf,./mine.mjs", "-j", "1", "--policy-timeout", "0.3"];
    expect(rtmm(cwd, compared)).toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
  },
  60_000,
);

test.each([
  ["loops", "for (;;);"],
  ["matches without end", '/^(a+)+$/.test("a".repeat(60).concat("b"));'],
  ["waits", "await new Promise((resolve) => setTimeout(resolve, 1e6));"],
])(
  "a policy whose top level %s is stopped and named",
  (_what, before) => {
    const cwd = folderWith({ ...small, "mine.mjs": policy(before, first) });
    const { code, stdout, stderr } = rtmm(cwd, [...runMine, "--policy-timeout", "0.3"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("error: mine.mjs: loading it did not end within 0.3 s; --policy-timeout sets the limit\n");
  },
  60_000,
);

test.skipIf(process.platform === "win32")(
  "Ctrl-C ends a policy whose top level loops",
  async () => {
    const cwd = folderWith({ ...small, "mine.mjs": policy('console.log("loading"); for (;;);', first) });
    const child = spawn(process.execPath, [program, ...runMine], { cwd, stdio: ["ignore", "ignore", "pipe"] });
    const ended = once(child, "exit");
    await once(child.stderr, "data");
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
  },
  60_000,
);

test("a scheduler in TypeScript runs where Node can, and else says what to do", () => {
  const cwd = folderWith({ ...small, "mine.ts": policy("const one: number = 1;", first) });
  const { code, stderr } = rtmm(cwd, ["run", "small", "-S", "soc", "-s", "./mine.ts"]);
  const canRun = "typescript" in process.features && process.features.typescript !== false;
  if (canRun) expect(code).toBe(0);
  else expect([code, stderr]).toEqual([2, expect.stringContaining("mine.ts: cannot be loaded: TypeScript needs Node")]);
}, 60_000);

test.each([
  [
    "a syntax error in a scheduler",
    "export default {\n  name: 'mine',\n  create( { }\n",
    2,
    "mine.mjs:4:1: cannot be loaded: Synt",
  ],
  [
    "an import of what is not there",
    'import { no } from "node:fs";\nexport default no;\n',
    2,
    "mine.mjs:1:10: cannot be loaded",
  ],
  ["a throw at its top", "\nthrow new Error('ouch');\n", 2, "mine.mjs:2:7: cannot be loaded: Error: ouch"],
  [
    "a throw in decide",
    policy("", "\n  throw new Error('ouch');"),
    1,
    'policy "mine" at 0 ms: decide threw Error: ouch (mine.mjs:5:9)',
  ],
  ["a scheduler of 6 MB", `const ${"a".repeat(6e6)} = 1;`, 2, "mine.mjs has 6.1 MB; the limit is 5 MB"],
  ["a scheduler with a long word", `${"a".repeat(4e6)};`, 2, "ReferenceError: aaa"],
])(
  "%s is told with its place, in short",
  (_, file, expectedCode, message) => {
    const { code, stderr } = rtmm(folderWith({ ...small, "mine.mjs": file }), runMine);
    expect([code, stderr]).toEqual([expectedCode, expect.stringContaining(message)]);
    expect(stderr.length).toBeLessThan(600);
    expect(stderr).not.toContain("    at ");
  },
  60_000,
);

test.skipIf(!existsSync("/dev/full"))(
  "a full disk behind stdout is told in a line, with exit code 1",
  () => {
    const full = openSync("/dev/full", "w");
    for (const argv of [["--help"], ["list"], ["run", "vr-gaming"], ["cost", "ritnet", "-f", "csv"]]) {
      const { code, stderr } = rtmm(repository, argv, full);
      expect([argv, code]).toEqual([argv, 1]);
      expect(stderr).toMatch(/error: the disk is full \(while writing the output\)\n$/);
      expect(stderr).not.toContain("    at ");
    }
    closeSync(full);
  },
  60_000,
);

test("a policy that Node takes for CommonJS says what to do", () => {
  const cwd = folderWith({ ...small, "package.json": '{ "type": "commonjs" }', "mine.js": policy("", first) });
  const { code, stderr } = rtmm(cwd, ["run", "small", "-S", "soc", "-s", "./mine.js"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('says "type": "commonjs": name the file .mjs')]);
}, 60_000);

test("without a build, what to do is said in one line", () => {
  const clone = folderWith({});
  const unbuilt = join(clone, "bin/rtmm.js");
  mkdirSync(join(clone, "bin"));
  copyFileSync(program, unbuilt);
  const { status, stderr } = spawnSync(process.execPath, [unbuilt, "--help"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "error: rtmm is not built yet: run `npm start` once in its folder\n",
  });
});
