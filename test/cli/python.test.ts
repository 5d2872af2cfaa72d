/** A policy in Python everywhere where a built-in one runs. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { pythonTest } from "../protocol/python.ts";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

const policy = `from rtmm import Number, Policy, serve


class Mine(Policy):
    name = "mine"
    summary = "the job with the least weighed deadline"
    source = "this test"
    parameters = [Number("weight", "weight of the release", default=0.5, min=0, max=1)]

    def decide(self, view, decisions):
        weight = self.parameters["weight"]
        job = min(view.ready_jobs, key=lambda job: job.deadline_ns + weight * job.release_ns)
        decisions.run(job, view.idle_accelerators[0], layers=1)


serve(Mine)
`;

function world(more: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ ...small, "policies/mine.py": policy, "other/note.txt": "", ...more });
  cpSync(join(repository, "python/rtmm.py"), join(folder, "policies/rtmm.py"));
  return folder;
}

const spec = "exec:python3 policies/mine.py";
const onSmall = ["small", "-S", "soc"];

pythonTest(
  "run, its configuration, rerun and verify give the same result",
  async () => {
    const cwd = world();
    const ran = await call(["run", ...onSmall, "-s", spec, "-p", "weight=1", "-o", "out", "--audit"], { cwd });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("mine") });
    const { scheduler, resultHash } = JSON.parse(readFileSync(join(cwd, "out/result.json"), "utf8"));
    expect(scheduler).toEqual({ name: "mine", params: { weight: 1 } });
    expect(await call(["rerun", "out/result.json"], { cwd })).toMatchObject({ code: 0 });
    const config = await call(["run", ...onSmall, "-s", spec, "-p", "weight=1", "--print-config"], { cwd });
    expect(config.stdout).toContain(spec);
    const verified = await call(["verify", ...onSmall, "-s", spec, "-p", "weight=1", "--repeat", "1"], { cwd });
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining(resultHash.slice(0, 32)) });
  },
  60_000,
);

pythonTest(
  "compare, tune with its file, and baselines take it, in threads as well",
  async () => {
    const cwd = world();
    const compared = ["compare", ...onSmall, "-s", `edf,${spec}`, "--seeds", "2", "-f", "json"];
    const [alone, threads] = [
      await call([...compared, "-j", "1"], { cwd }),
      await call([...compared, "-j", "2"], { cwd }),
    ];
    expect(alone.code).toBe(0);
    expect(threads.stdout).toBe(alone.stdout);
    const tuned = await call(["tune", ...onSmall, "-s", spec, "--steps", "1", "-o", "other/mine.yaml"], { cwd });
    expect(tuned).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "other/mine.yaml"), "utf8")).toContain("exec:python3 ../policies/mine.py");
    expect(await call(["run", ...onSmall, "--params", "other/mine.yaml"], { cwd })).toMatchObject({ code: 0 });
    expect(await call(["baseline", "save", "own", ...onSmall, "-s", spec], { cwd })).toMatchObject({
      code: 0,
    });
    expect(await call(["check", "own"], { cwd })).toMatchObject({ code: 0 });
  },
  120_000,
);

pythonTest(
  "a sweep gives one process a thread its runs, and a policy that hangs fails its own points",
  async () => {
    const study = `name: study
scenarios: [../small.yaml]
systems: [../soc.yaml]
schedulers: ["exec:python3 mine.py", "exec:python3 hangs.py", edf]
seeds: { count: 3 }
`;
    const hangs = policy
      .replace('"mine"', '"hangs"')
      .replace("weight = self", "while view.now_ns > 0: pass\n        weight = self");
    const cwd = world({ "policies/study.yaml": study, "policies/hangs.py": hangs });
    const swept = await call(["sweep", "policies/study.yaml", "-o", "out", "-j", "1", "--policy-timeout", "0.4"], {
      cwd,
    });
    expect(swept.stderr).toContain("decide did not end within 0.4 s");
    const points = readFileSync(join(cwd, "out/points.jsonl"), "utf8").trim().split("\n");
    expect(points.filter((line) => line.includes('"error"'))).toHaveLength(3);
    expect(points).toHaveLength(9);
  },
  60_000,
);

pythonTest("show tells its parameters with their ranges, and an error names them", async () => {
  const cwd = world();
  const shown = await call(["show", spec], { cwd });
  expect(shown.stdout).toMatch(/weight +0\.5 +a number from 0 to 1/);
  const refused = await call(["run", ...onSmall, "-s", spec, "-p", "weight=2"], { cwd });
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('parameter "weight" of "mine" must be a number from 0 to 1'),
  });
});
