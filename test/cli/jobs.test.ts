/** `--jobs`, the same for every command that makes many runs: it changes no byte, nor what is told and how it ends. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import type { CheckReport } from "../../src/records/check-report.ts";
import { propertyRuns } from "../property-runs.ts";
import { type Called, call, folderWith, small } from "./call.ts";

/** A scenario with draws, so that seeds differ, and policies of a user: one that behaves, and others that fail. */
const files = {
  ...small,
  "random.yaml": small["small.yaml"]
    .replace("name: small", "name: random")
    .replace("durationMs: 4", "durationMs: 60")
    .replace("after: camera", "after: { task: camera, probability: 0.5 }"),
  "good.mjs": policy("good", ""),
  // How many decisions a run takes hangs on its draws: some seeds pass.
  "tired.mjs": policy("tired", 'if (++decisions > 44) throw new Error("tired");'),
};

function policy(name: string, atDecision: string): string {
  return `export default {
  name: "${name}", summary: "", source: "", parameters: [{ kind: "number", name: "x", summary: "", default: 1, min: 0, max: 2 }],
  create() {
    let decisions = 0;
    return {
      lateDrop: true,
      decide(view, d) {
        decisions += 1;
        ${atDecision}
        d.run(view.readyJobs.first, view.idleAccelerators[0]);
      },
    };
  },
};
`;
}

/** Slow machines are told how far work has come; nothing else depends on time. */
const withoutProgress = (text: string): string => text.replaceAll(/^\d+ of \d+ \w+, .*\n/gm, "");

async function calledIn(cwd: string, argv: readonly string[]): Promise<Called> {
  const called = await call(argv, { cwd });
  return { ...called, stderr: withoutProgress(called.stderr) };
}

/** Every file below a folder, with its content. */
const contentOf = (cwd: string): readonly (readonly [string, string])[] =>
  readdirSync(cwd, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(cwd, name)).isFile())
    .sort()
    .map((name) => [name, readFileSync(join(cwd, name), "utf8")]);

/** What the commands print, tell, end with and write, with so many jobs; undefined: with none asked for. */
async function outcomeOf(jobs: number | undefined, ...commands: readonly (readonly string[])[]) {
  const cwd = folderWith(files);
  const called: Called[] = [];
  for (const argv of commands)
    called.push(await calledIn(cwd, jobs === undefined ? argv : [...argv, "-j", String(jobs)]));
  const written = contentOf(cwd);
  rmSync(cwd, { recursive: true });
  return { called, written };
}

const world = ["-S", "./soc.yaml"];
const gate = ["random.yaml", ...world, "--seeds", "3"];

const commandLines: readonly (readonly [name: string, ...commands: (readonly string[])[]])[] = [
  ["compare", ["compare", "random", "small", ...world, "-s", "fcfs,edf,llf", "-m", "all", "-f", "json"]],
  ["compare, with a policy of the user's", ["compare", "random", ...world, "-s", "fcfs,./good.mjs"]],
  [
    "compare, which fails in some seed",
    ["compare", "random", ...world, "-s", "./tired.mjs", "--seed", "3", "-f", "csv"],
  ],
  ["compare, to a precision", ["compare", "random", ...world, "-s", "fcfs,edf", "-m", "uxCost", "--precision", "9%"]],
  ["tune", ["tune", "random", ...world, "-s", "dream", "--grid", "--seeds", "2", "-f", "json", "-o", "found.yaml"]],
  ["tune, which fails on its way", ["tune", "random", ...world, "-s", "./tired.mjs", "--seed", "3", "--seeds", "4"]],
  ["capacity", ["capacity", "random", "small", ...world, "-s", "edf,fcfs", "--seeds", "2", "-o", "curve.csv"]],
  ["capacity, which fails at some load", ["capacity", "random", ...world, "-s", "edf,./tired.mjs", "-f", "json"]],
  [
    "baseline save and check",
    ["baseline", "save", "gate", ...gate, "-s", "edf,./good.mjs"],
    ["check", "-f", "json", "--junit", "out.xml", "--require", "slaSatisfaction>=0.9"],
  ],
  ["baseline save, which fails in some seed", ["baseline", "save", "gate", ...gate, "-s", "./tired.mjs"]],
  ["reproduce", ["reproduce", "xrbench", "--quick", "--duration-ms", "100", "-f", "json", "-o", "kept"]],
];

// Threads take long to start: half of the commands have two, half have three.
const numbered = commandLines.map(([name, ...commands], index) => ({ name, commands, threads: 2 + (index % 2) }));

describe.each(numbered)("rtmm $name", ({ commands, threads }) => {
  test(`gives the same bytes in this thread, in ${threads} threads, and if nothing is asked for`, async () => {
    const alone = await outcomeOf(1, ...commands);
    expect(alone.called.map(({ stderr }) => stderr).join("")).not.toContain("internal error");
    for (const jobs of [undefined, threads]) expect([jobs, await outcomeOf(jobs, ...commands)]).toEqual([jobs, alone]);
  }, 120_000);
});

test("verify shows the same hashes for every number of threads, each with its runs", async () => {
  const cwd = folderWith(files);
  const { code, stdout } = await call(["verify", "random", "small", ...world, "--repeat", "2", "-j", "1,2,3"], { cwd });
  expect(code).toBe(0);
  const rows = stdout.trimEnd().split("\n").slice(1);
  const runs = rows.map((row) => row.split(/ {2,}/));
  expect(runs.map(([scenario, where, count]) => `${scenario}: ${where} ${count}`)).toEqual(
    ["random", "small"].flatMap((name) => [
      `${name}: this thread 2`,
      `${name}: 1 worker 2`,
      `${name}: 2 workers 2`,
      `${name}: 3 workers 3`,
    ]),
  );
  for (const name of ["random", "small"])
    expect(new Set(runs.filter(([scenario]) => scenario === name).map((row) => row.at(-1))).size).toBe(1);
}, 60_000);

test("verify tells a policy that throws in a line, also where it does so in threads alone", async () => {
  const shy = `import { isMainThread } from "node:worker_threads";\n${policy("shy", 'if (!isMainThread) throw new Error("shy");')}`;
  for (const [name, text] of [
    ["tired", files["tired.mjs"]],
    ["shy", shy],
  ] as const) {
    const cwd = folderWith({ ...files, "mine.mjs": text });
    const { code, stdout, stderr } = await call(["verify", "random", ...world, "-s", "./mine.mjs", "--seed", "5"], {
      cwd,
    });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      new RegExp(`^error: policy "${name}" at .* ms: \\w+ threw Error: ${name} \\(mine\\.mjs:\\d+:\\d+\\)\n$`),
    );
  }
});

test.each(["1", "2"])(
  "a user's policy that ends its process fails its own rows of a check, with -j %s",
  async (jobs) => {
    const cwd = folderWith(files);
    const saved = ["baseline", "save", "gate", ...gate, "-s", "edf,./good.mjs", "-j", jobs];
    expect(await call(saved, { cwd })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "good.mjs"), policy("good", "process.exit(0);"));
    const { code, stdout } = await call(["check", "-j", jobs, "-f", "json"], { cwd });
    const { verdict, baselines }: CheckReport = JSON.parse(stdout);
    expect([code, verdict]).toEqual([4, "incomparable"]);
    expect(baselines[0]!.lacks.map(({ reason, rows }) => [rows[0]!.scheduler, reason])).toEqual(
      [1, 2, 3].map((seed) => ["good", expect.stringMatching(`seed ${seed}: .*worker exited with code: 0`)]),
    );
    // The other scheduler was compared all the same.
    expect(baselines[0]!.compared).toBeGreaterThan(0);
  },
);

const stopped = [
  ["compare", ["compare", "random", ...world, "-s", "fcfs,edf"]],
  ["tune", ["tune", "random", ...world, "-s", "dream", "-o", "found.yaml"]],
  ["capacity", ["capacity", "random", ...world, "-s", "edf"]],
  ["baseline save", ["baseline", "save", "gate", ...gate, "-s", "edf"]],
  ["reproduce", ["reproduce", "xrbench", "--quick", "-o", "kept"]],
  ["verify", ["verify", "random", ...world]],
] as const;

describe.each(stopped)("rtmm %s, interrupted", (_, argv) => {
  test("before its first run ends with exit code 130, says so, and leaves no file behind", async () => {
    for (const jobs of ["1", "2"]) {
      const cwd = folderWith(files);
      const { code, stderr } = await call([...argv, "-j", jobs], {
        cwd,
        signal: AbortSignal.abort(new Interruption()),
      });
      expect([code, stderr]).toEqual([130, expect.stringMatching(/interrupted\n$/)]);
      const left = contentOf(cwd).map(([name]) => name);
      expect(left.filter((name) => !(name in files))).toEqual([]);
    }
  });

  test("in its third simulation ends likewise, and what it prints is finished", async () => {
    const cwd = folderWith(files);
    const { code, stderr } = await call([...argv, "-j", "1"], { cwd, runsBeforeInterruption: 2 });
    expect([code, stderr]).toEqual([130, expect.stringMatching(/interrupted\n$/)]);
    expect(
      contentOf(cwd)
        .map(([name]) => name)
        .filter((name) => !(name in files)),
    ).toEqual([]);
  });
});

test("whatever is compared, two threads give the bytes of one", async () => {
  const asked = fc.record({
    schedulers: fc.uniqueArray(fc.constantFrom("fcfs", "edf", "llf", "rr", "hpf", "dream", "prema", "veltair"), {
      minLength: 1,
      maxLength: 4,
    }),
    seeds: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(1000),
    rateScale: fc.constantFrom("0.5", "1", "1.7"),
    format: fc.constantFrom("json", "csv", "markdown", "table"),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ schedulers, seeds, seed, rateScale, format }) => {
      const common = ["random", "small", ...world, "-s", schedulers.join(","), "-m", "all", "-f", format];
      const argv = ["compare", ...common, "--seeds", `${seeds}`, "--seed", `${seed}`, "--rate-scale", rateScale];
      expect(await outcomeOf(2, argv)).toEqual(await outcomeOf(1, argv));
    }),
    propertyRuns(4),
  );
});
