/** `rtmm init --python`, and what it writes: a policy that runs, and a program that learns. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pythonTest } from "../protocol/python.ts";
import { repository } from "../repository.ts";
import { call, folderWith } from "./call.ts";

const init = (cwd: string, ...words: string[]) => call(["init", "--python", ...words], { cwd });

const python = (cwd: string, ...words: string[]) => {
  const env = { ...process.env, RTMM: `${process.execPath} ${join(repository, "bin/rtmm.js")}` };
  const { status, stdout, stderr } = spawnSync("python3", words, { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
};

pythonTest("the example decides as edf does", async () => {
  const cwd = folderWith({});
  const { code, stderr } = await init(cwd, "mine");
  expect([code, stderr]).toEqual([0, expect.stringContaining("wrote mine/rtmm.py\nwrote mine/policy.py\n")]);
  const metricsOf = async (scheduler: string) =>
    JSON.parse((await call(["run", "vr-gaming", "-s", scheduler, "-f", "json"], { cwd })).stdout).metrics;
  expect(await metricsOf("exec:python3 mine/policy.py")).toEqual(await metricsOf("edf"));
});

test("files that are there stay, unless they may be replaced", async () => {
  const cwd = folderWith({ "policy.py": "mine" });
  expect(await init(cwd)).toMatchObject({
    code: 2,
    stderr: "error: these files exist, so nothing was written: policy.py (--force overwrites)\n",
  });
  expect(readFileSync(join(cwd, "policy.py"), "utf8")).toBe("mine");
  expect(await init(cwd, "--force")).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "policy.py"), "utf8")).toContain("class MyPolicy");
});

const episodes = `import sys
from rtmm import FEATURES, Env

env = Env("ar-assistant", seeds=range(1, 4))
for _ in range(5):
    observation, info = env.reset()
    assert len(observation) == 8 and all(len(row) == len(FEATURES) for row in observation)
    total, terminated, ended = 0, False, 0
    while not terminated:
        oldest = max((i for i, row in enumerate(observation) if row[0]), key=lambda i: observation[i][4])
        observation, reward, terminated, truncated, info = env.step(oldest)
        assert not truncated
        total += reward
        ended += len(info["ended"])
    print(int(-total), ended)
env.reset()
env.step(0)
env.reset(seed=3)
env.close()
`;

pythonTest(
  "an episode is a run: first come, first served in the environment misses what fcfs misses",
  async () => {
    const cwd = folderWith({ "episodes.py": episodes });
    await init(cwd, ".");
    const { status, stdout, stderr } = python(cwd, "episodes.py");
    expect([status, stderr]).toEqual([0, ""]);
    const missed = async (seed: number) => {
      const words = ["run", "ar-assistant", "-s", "fcfs", "--seed", String(seed), "-f", "json"];
      const { metrics } = JSON.parse((await call(words, { cwd })).stdout);
      return `${metrics.violations} ${metrics.released}`;
    };
    const [first, second, third] = [await missed(1), await missed(2), await missed(3)];
    // After the last seed the first one follows.
    expect(stdout.trim().split("\n")).toEqual([first, second, third, first, second]);
  },
  60_000,
);

pythonTest(
  "an environment of a scenario that there is not says so",
  () => {
    const cwd = folderWith({ "wrong.py": 'from rtmm import Env\nEnv("vr-gamin").reset()\n' });
    writeFileSync(join(cwd, "rtmm.py"), readFileSync(join(repository, "python/rtmm.py")));
    expect(python(cwd, "wrong.py").stderr).toContain('RuntimeError: error: unknown scenario or suite "vr-gamin"');
  },
  60_000,
);

test("a pipe that nobody reads is told", async () => {
  const cwd = folderWith({});
  const { code, stderr } = await call(["run", "vr-gaming", "-s", "pipe:nothing"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining("error: pipe:nothing: ENOENT")]);
});
