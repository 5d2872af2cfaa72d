/** Capacities of worlds small enough to work out on paper, run in this thread. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import type { PointExecutor, PointOutcome } from "../../../src/executors/point.ts";
import { Library } from "../../../src/files/library.ts";
import type { Capacity, CapacityAnswer } from "../../../src/records/capacity.ts";
import { parseRequirement } from "../../../src/run/requirements/requirement.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { findCapacity } from "../../../src/studies/capacity/find-capacity.ts";
import { planCapacity } from "../../../src/studies/capacity/plan.ts";
import type { CapacitySettings } from "../../../src/studies/capacity/settings.ts";
import { call, folderWith } from "../../cli/call.ts";
import { propertyRuns } from "../../property-runs.ts";
import { repository } from "../../repository.ts";

/** One accelerator; a takes 1 ms, b 3 ms. */
const soc = {
  "a.yaml": "name: a\nlayers: measured\n",
  "b.yaml": "name: b\nlayers: measured\n",
  "soc.yaml": "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu }\n",
  "soc.csv": "model,accelerator,latencyMs,energyMj\na,npu,1,1\nb,npu,3,1\n",
};

const scenario = (tasks: string, durationMs = 1000) => `name: s\ndurationMs: ${durationMs}\ntasks:\n${tasks}`;
const one = scenario("  - { id: camera, model: a.yaml, fps: 250 }\n");
/** Both every 10 ms: 4 ms of work. */
const two = scenario("  - { id: short, model: a.yaml, fps: 100 }\n  - { id: long, model: b.yaml, fps: 100 }\n");
/** Half of the frames need 3 ms more. */
const random = scenario(
  "  - { id: eye, model: a.yaml, fps: 50 }\n  - { id: gaze, model: b.yaml, after: { task: eye, probability: 0.5 } }\n  - { id: hand, model: a.yaml, arrival: { kind: poisson, ratePerS: 50 }, deadlineMs: 8 }\n",
);

const defaults: CapacitySettings = {
  scenarios: ["s"],
  systems: ["soc"],
  schedulers: ["edf"],
  params: [],
  paramsFiles: [],
  bounds: [parseRequirement("slaSatisfaction>=1")],
  task: undefined,
  variation: undefined,
  seeds: [1, 2, 3],
  tolerance: 0.01,
  durationMs: undefined,
  warmupMs: 0,
};

type Asked = Partial<CapacitySettings>;

async function capacityIn(cwd: string, asked: Asked, around = (executor: PointExecutor) => executor) {
  const workbench = new Workbench(new Library(cwd));
  const plan = await planCapacity({ ...defaults, ...asked }, workbench);
  const executor = around(new InlineExecutor(workbench));
  const running = { executor, searchesAtOnce: 2, signal: new AbortController().signal, ended: () => undefined };
  return findCapacity(plan, running, workbench);
}

async function capacityOf(text: string, asked: Asked = {}): Promise<Capacity> {
  return (await capacityIn(folderWith({ ...soc, "s.yaml": text }), asked)).capacity;
}

const answersOf = async (text: string, asked: Asked = {}): Promise<readonly CapacityAnswer[]> =>
  (await capacityOf(text, asked)).cases[0]!.answers;

describe("a capacity under edf on one accelerator", () => {
  test("of one task is period / latency: 4 ms / 1 ms", async () => {
    const [answer] = await answersOf(one);
    expect(answer).toMatchObject({ verdict: "found", factor: 4, failsBelow: [], heldSeeds: 1, runSeeds: 1 });
    expect(answer!.utilisation).toBeCloseTo(1, 12);
    expect(answer!.failsFrom! / 4).toBeLessThanOrEqual(1.01 + 1e-6);
  });

  test("of two tasks of one period is period / latencies: 10 ms / (1 ms + 3 ms)", async () => {
    const [answer] = await answersOf(two);
    expect(answer!.factor).toBeGreaterThan(2.5 / 1.01);
    expect(answer!.factor).toBeLessThanOrEqual(2.5);
    expect(answer!.failsFrom).toBeGreaterThan(2.5);
  });

  test("of one task's rate is 4, where its frames fall between the other's work, but blocking starts at 2.5", async () => {
    // A job of `long` that has just started blocks `short` for 3 ms, and 3 + 1 ms fit a period of 10 ms / 2.5. At 4 the
    // second frame comes at 2.5 ms, starts at 4 and ends in time at 5, and every tenth ms it begins anew.
    const [answer] = await answersOf(two, { task: "short" });
    expect(answer).toMatchObject({ verdict: "found", factor: 4 });
    expect(answer!.failsBelow.every((factor) => factor > 2.5)).toBe(true);
    expect(answer!.failsBelow.length).toBeGreaterThan(0);
    expect(answer!.steadyTo).toBeGreaterThan(2.5 / 1.01);
    expect(answer!.steadyTo).toBeLessThan(3.2);
  });

  test("is where a tail gets too long, if that is the bound: beyond 4 the first frames wait ever longer", async () => {
    const slack = one.replace("fps: 250", "fps: 250, deadlineMs: 100");
    const [answer] = await answersOf(slack, { bounds: [parseRequirement("tasks.camera.maxMs<=1")] });
    expect(answer!.factor).toBe(4);
  });

  test("is open where every factor holds: the work of one shot has no rate", async () => {
    const shot = "  - { id: key, model: b.yaml, arrival: { kind: trace, timesMs: [1] }, deadlineMs: 3 }\n";
    const [answer] = await answersOf(one.replace("fps: 250", "fps: 0.1, deadlineMs: none") + shot, { durationMs: 10 });
    expect(answer).toMatchObject({ verdict: "always holds", factor: 1024, failsFrom: null });
  });

  test("is none where a deadline is shorter than the work", async () => {
    const { cases } = await capacityOf(one.replace("fps: 250", "fps: 250, deadlineMs: 0.9"));
    expect(cases[0]!.answers[0]).toMatchObject({ verdict: "never holds", factor: null, utilisation: null });
    expect(cases[0]!.ceiling).toMatchObject({ factor: null });
  });

  test("needs all of several bounds", async () => {
    const bounds = [parseRequirement("slaSatisfaction>=0.5"), parseRequirement("utilisation<=0.5")];
    const [answer] = await answersOf(one, { bounds });
    expect(answer!.factor).toBe(2);
  });
});

describe("over seeds", () => {
  const asked: Asked = { bounds: [parseRequirement("slaSatisfaction>=0.95")], tolerance: 0.05 };

  test("a scenario without draws is run with one seed, and its answer is exact", async () => {
    const { cases } = await capacityOf(one);
    expect(cases[0]).toMatchObject({ isExact: true });
    expect(cases[0]!.answers[0]!.curve.every(({ seeds }) => seeds === 1)).toBe(true);
  });

  test("the answer lies in its interval, and a seed's own run in what the curve shows", async () => {
    const { cases } = await capacityOf(random, asked);
    const { factor, interval, curve, seedFactors } = cases[0]!.answers[0]!;
    expect(cases[0]!.isExact).toBe(false);
    expect(interval.low).toBeLessThanOrEqual(factor!);
    expect(interval.high).toBeGreaterThan(factor!);
    const at = (wanted: number | null) => curve.find((point) => point.factor === wanted)!.values[0]!;
    expect(at(interval.low).interval!.low).toBeGreaterThanOrEqual(0.95);
    expect(at(interval.high).interval!.high).toBeLessThan(0.95);
    expect(at(factor).mean).toBeGreaterThanOrEqual(0.95);
    expect(seedFactors.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  test("a point of the curve is the mean of the runs that rtmm run --rate-scale makes", async () => {
    const cwd = folderWith({ ...soc, "s.yaml": random });
    const { capacity } = await capacityIn(cwd, asked);
    const { factor, values } = capacity.cases[0]!.answers[0]!.curve[3]!;
    const runs = [1, 2, 3].map(async (seed) => {
      const argv = ["run", "s", "-S", "soc", "--seed", `${seed}`, "--rate-scale", `${factor}`, "-f", "json"];
      return JSON.parse((await call(argv, { cwd })).stdout).metrics.slaSatisfaction as number;
    });
    const satisfied = await Promise.all(runs);
    expect(values[0]!.mean).toBeCloseTo(satisfied.reduce((sum, each) => sum + each) / 3, 12);
  });

  test("answers depend neither on the order in which points end, nor on searches beside them", async () => {
    const cwd = folderWith({ ...soc, "s.yaml": random });
    const alone = (await capacityIn(cwd, { ...asked, schedulers: ["fcfs"] })).capacity.cases[0]!.answers[0];
    const reversed = (executor: PointExecutor): PointExecutor => ({
      async run(points, ended, signal) {
        const outcomes: PointOutcome[] = [];
        await executor.run(points, (outcome) => outcomes.push(outcome), signal);
        for (const outcome of outcomes.reverse()) ended(outcome);
      },
      close: () => executor.close(),
    });
    const beside = await capacityIn(cwd, { ...asked, schedulers: ["edf", "fcfs", "llf"] }, reversed);
    expect(beside.capacity.cases[0]!.answers[1]).toEqual(alone);
  });
});

describe("the ceiling", () => {
  test("of one task is its exact capacity, since edf reaches it", async () => {
    const { cases } = await capacityOf(one);
    expect(cases[0]!.ceiling).toMatchObject({ factor: 4 });
  });

  test("is not given for bounds that no proof is about", async () => {
    const bounds = [parseRequirement("p99Ms<=1")];
    expect((await capacityOf(one, { bounds })).cases[0]!.ceiling).toBeNull();
  });

  test("is never exceeded: whatever holds in random scenarios is not ruled out", async () => {
    const task = fc.record({
      model: fc.constantFrom("a", "b"),
      fps: fc.integer({ min: 10, max: 200 }),
      offsetMs: fc.integer({ min: 0, max: 9 }),
      deadlineMs: fc.option(fc.integer({ min: 2, max: 40 }), { nil: undefined }),
    });
    const tasks = fc.array(task, { minLength: 1, maxLength: 3 });
    const bound = fc.constantFrom("slaSatisfaction>=1", "slaSatisfaction>=0.9", "deadlineViolationRate<=0.3");
    await fc.assert(
      fc.asyncProperty(tasks, bound, async (drawn, text) => {
        const lines = drawn.map(({ model, fps, offsetMs, deadlineMs }, i) => {
          const deadline = deadlineMs === undefined ? "" : `, deadlineMs: ${deadlineMs}`;
          return `  - { id: t${i}, model: ${model}.yaml, fps: ${fps}, offsetMs: ${offsetMs}${deadline} }\n`;
        });
        const settings: Asked = { bounds: [parseRequirement(text)], tolerance: 0.2, schedulers: ["edf", "sjf"] };
        const { cases } = await capacityOf(scenario(lines.join(""), 100), settings);
        const { ceiling, answers } = cases[0]!;
        const held = answers.flatMap(({ curve }) => curve.filter(({ holds }) => holds).map(({ factor }) => factor));
        expect(Math.max(0, ...held)).toBeLessThan(ceiling!.ruledOutFrom);
      }),
      propertyRuns(15),
    );
  });

  test.each(["vr-gaming", "ar-assistant"])("of %s is above what its schedulers carry", async (name) => {
    const asked = { scenarios: [name], systems: ["hda-2-ws-os-4k"], schedulers: ["edf", "fcfs"], tolerance: 0.1 };
    const { capacity } = await capacityIn(repository, { ...asked, seeds: [1, 2] });
    const { ceiling, answers } = capacity.cases[0]!;
    expect(ceiling).not.toBeNull();
    const carried = answers.map(({ factor }) => factor!);
    expect(Math.min(...carried)).toBeGreaterThan(0);
    expect(Math.max(...carried)).toBeLessThanOrEqual(ceiling!.factor!);
  });
});

describe("warnings", () => {
  test("tell of a bound that a run has too few jobs for", async () => {
    const { warnings } = await capacityOf(random, { bounds: [parseRequirement("slaSatisfaction>=0.999")] });
    expect(warnings.join("\n")).toMatch(/slaSatisfaction>=0.999 rests on \d+ jobs per run at the capacity/);
  });

  test("tell where a smaller factor fails", async () => {
    const { warnings } = await capacityOf(two, { task: "short" });
    expect(warnings.join("\n")).toContain("edf holds at 4.000 and fails at 3.");
  });

  test("tell of a bound that more load may help, since larger factors are not looked at where 1 fails", async () => {
    const { warnings, cases } = await capacityOf(one, { bounds: [parseRequirement("energyMj>=1000")] });
    expect(cases[0]!.answers[0]!.verdict).toBe("never holds");
    expect(warnings.join("\n")).toContain("more load may help to meet energyMj>=1000");
  });

  test("of such a bound are not given where it is met, or where it only asks for what less load gives", async () => {
    const late = one.replace("fps: 250", "fps: 250, deadlineMs: 0.9");
    const warned = await Promise.all([
      capacityOf(one, { bounds: [parseRequirement("energyMj>=1")], durationMs: 10 }),
      capacityOf(late, { bounds: [parseRequirement("slaSatisfaction>=0.9")] }),
    ]);
    for (const { warnings } of warned) expect(warnings.join("\n")).not.toContain("more load");
  });

  test("tell of more work than can be done, which a short run hides", async () => {
    const slack = one.replace("fps: 250", "fps: 250, deadlineMs: 500");
    const { warnings, cases } = await capacityOf(slack);
    expect(cases[0]!.answers[0]!.utilisation).toBeGreaterThan(1);
    expect(warnings.join("\n")).toContain("more work arrives than can be done");
  });
});
