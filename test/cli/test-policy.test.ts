/** `rtmm test-policy`: sound policies pass, and each kind of fault is found, with a small scenario that shows it. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pythonTest } from "../protocol/python.ts";
import { repository } from "../repository.ts";
import { call, folderWith } from "./call.ts";

const policy = (decide: string, atTop = ""): string => `${atTop}
export default {
  name: "mine", summary: "s", source: "this test",
  parameters: [{ kind: "number", name: "most", summary: "layers", default: 1, min: 1, max: 3, isInteger: true }],
  create: (platform, { most }) => ({
    lateDrop: true,
    decide(view, decisions) { ${decide} },
  }),
};
`;

const first = `for (const job of view.readyJobs) {
  const accelerator = view.idleAccelerators.find((each) => job.remainingNs(each) < Infinity);
  if (accelerator) return decisions.run(job, accelerator, { layers: LAYERS });
}`;
const sound = first.replace("LAYERS", "most");

async function tried(text: string, ...words: string[]) {
  const cwd = folderWith({ "mine.mjs": text });
  const called = await call(["test-policy", "./mine.mjs", ...words], { cwd });
  return { cwd, ...called };
}

test.each(["edf", "dream", "planaria"])("%s passes", async (name) => {
  const { code, stdout } = await call(["test-policy", name, "--cases", "40", "--seed", "3"], { cwd: folderWith({}) });
  expect([code, stdout]).toEqual([0, `${name} keeps every rule in 40 random cases (seed 3)\n`]);
});

test("a sound policy of one's own passes", async () => {
  expect(await tried(policy(sound))).toMatchObject({ code: 0 });
});

describe.each([
  [
    "runs what an accelerator cannot run",
    "decisions.run(view.readyJobs.first, view.idleAccelerators.at(-1));",
    "",
    "decides legally",
  ],
  [
    "throws for a late job",
    `if (view.readyJobs.first.deadlineNs < view.nowNs + 1e6) throw new Error("late"); ${sound}`,
    "",
    "decides legally",
  ],
  [
    "fails at the end of a parameter's range",
    `if (most === 3) throw new Error("three"); ${sound}`,
    "",
    "decides legally",
  ],
  [
    "remembers in its module",
    first.replace("LAYERS", "1 + (memory += 1) % 2"),
    "let memory = 0;",
    "keeps nothing outside a run",
  ],
  ["draws numbers", first.replace("LAYERS", "Math.random() < 0.5 ? 1 : 2"), "", "mine fails in case"],
  ["looks whether it is listened to", first.replace("LAYERS", "decisions.explains ? 1 : 2"), "", "anybody listens"],
] as const)("a policy that %s", (_, decide, atTop, rule) => {
  test("fails, and its smallest scenario is written", async () => {
    const { cwd, code, stdout, stderr } = await tried(policy(decide, atTop), "--cases", "300", "-o", "found");
    expect([code, stdout]).toEqual([1, expect.stringContaining(rule)]);
    expect(stderr).toContain("wrote found/scenario.yaml, found/system.yaml, found/costs.csv");
    const again = stdout.trimEnd().split("\n").at(-1)!.split(" ").slice(1);
    if (rule !== "decides legally") return;
    expect(await call(again, { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('error: policy "mine" at'),
    });
  });
});

test("the smallest scenario is small, and the same each time", async () => {
  const decide = `if (view.readyJobs.length > 1) throw new Error("two"); ${sound}`;
  const [one, two] = [await tried(policy(decide)), await tried(policy(decide))];
  const scenarioIn = (cwd: string) => readFileSync(join(cwd, "failing/scenario.yaml"), "utf8");
  expect(scenarioIn(one.cwd)).toBe(scenarioIn(two.cwd));
  expect(scenarioIn(one.cwd).match(/- \{ id: /g)!.length).toBeLessThanOrEqual(2);
  expect(one.stdout).toBe(two.stdout);
});

pythonTest(
  "a policy in Python is tried likewise",
  async () => {
    const text = `from rtmm import Policy, serve
class Mine(Policy):
    name = "mine"
    def decide(self, view, decisions):
        decisions.run(view.ready_jobs[0], view.idle_accelerators[-1])
serve(Mine)
`;
    const cwd = folderWith({ "mine.py": text });
    cpSync(join(repository, "python/rtmm.py"), join(cwd, "rtmm.py"));
    const { code, stdout } = await call(["test-policy", "exec:python3 mine.py"], { cwd });
    expect([code, stdout]).toEqual([1, expect.stringContaining("-s 'exec:python3 mine.py'")]);
  },
  60_000,
);
