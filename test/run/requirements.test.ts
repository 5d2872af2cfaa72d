/** Requirements: how they are read, and what runs make of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RequestError } from "../../src/input/request-error.ts";
import { metrics } from "../../src/metrics/index.ts";
import { type Measured, measuredValue, parseRequirement, unmet } from "../../src/run/requirements/requirement.ts";
import { RequirementTally, verdictText } from "../../src/run/requirements/requirement-tally.ts";

/** Ten jobs of task `ht`, one of them late; accelerator `ws` is busy for nine tenths of the time. */
const run: Measured = {
  metrics: { slaSatisfaction: 0.9, p99Ms: 22, antt: null },
  tasks: [{ id: "ht", model: "m", curves: {}, p99Ms: 22, violations: 1 }],
  accelerators: [{ id: "ws", utilisation: 0.9 }],
};

describe("a requirement is read from", () => {
  test.each([
    ["slaSatisfaction>=0.99", { kind: "run" }, "slaSatisfaction", ">=", 0.99],
    [" slaSatisfaction >= 99% ", { kind: "run" }, "slaSatisfaction", ">=", 0.99],
    ["tasks.ht.p99Ms<=22", { kind: "tasks", id: "ht" }, "p99Ms", "<=", 22],
    ["tasks.tenant-1.v2.p99Ms < 2.2e1", { kind: "tasks", id: "tenant-1.v2" }, "p99Ms", "<", 22],
    ["accelerators.ws.utilisation<0.9", { kind: "accelerators", id: "ws" }, "utilisation", "<", 0.9],
    ["violations==0", { kind: "run" }, "violations", "==", 0],
    ["xrbenchScore>.5", { kind: "run" }, "xrbenchScore", ">", 0.5],
    ["tasks.tasks.tasks.p99Ms<=22", { kind: "tasks", id: "tasks.tasks" }, "p99Ms", "<=", 22],
  ])("%s", (text, scope, metric, comparison, limit) => {
    const requirement = parseRequirement(text);
    expect(requirement).toMatchObject({ scope, comparison, limit, text: text.replaceAll(" ", "") });
    expect(requirement.metric.name).toBe(metric);
  });
});

describe("no requirement is", () => {
  test.each([
    ["slaSatisfacton>=0.99", 'unknown metric "slaSatisfacton" in a requirement; did you mean "slaSatisfaction"?'],
    ["tasks.ht.decisions<9", "decisions is not measured for tasks; use decisions"],
    ["tasks.ht.utilisation<1", "use utilisation or accelerators.<id>.utilisation"],
    ["accelerators.ws.p99Ms<1", "use p99Ms or tasks.<id>.p99Ms"],
    ["slaAtN>=1", "slaAtN is a curve"],
    ["task.ht.p99Ms<=22", 'not "task.ht.p99Ms"; did you mean "tasks"?'],
    ["tasks.p99Ms<=22", 'not "tasks.p99Ms"'],
    ["p99Ms<=5%", 'p99Ms is not a share, so it cannot be compared with "5%"'],
    ["slaSatisfaction>=99", 'slaSatisfaction is a share, at most 1, got "99"; did you mean 99%?'],
    ["slaSatisfaction>=1.2", 'slaSatisfaction is a share, at most 1, got "1.2"'],
    ["slaSatisfaction>=120%", 'slaSatisfaction is a share, at most 1, got "120%"'],
    ["p99Ms<=soon", 'needs a number, got "soon"'],
    ["p99Ms<=1e999", "needs a number"],
    ["p99Ms<=", "in quotes because the shell uses < and >"],
    ["slaSatisfaction", "in quotes"],
    ["p99Ms=5", 'got "p99Ms=5"'],
    ["p99Ms!=5", 'got "p99Ms!=5"'],
    ["p99Ms=<5", 'got "p99Ms=<5"'],
    ["1<p99Ms<5", 'got "1<p99Ms<5"'],
    ["", 'got ""'],
  ])("%s", (text, message) => {
    expect(() => parseRequirement(text)).toThrow(RequestError);
    expect(() => parseRequirement(text)).toThrow(message);
  });
});

const isMet = (text: string, of: Measured = run) => unmet(parseRequirement(text), of) === undefined;

test("a requirement at its limit is met where the comparison has an equals sign", () => {
  expect(["p99Ms>=22", "p99Ms<=22", "p99Ms==22", "p99Ms>22", "p99Ms<22"].map((text) => isMet(text))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isMet("accelerators.ws.utilisation<90%")).toBe(false);
  expect(isMet("tasks.ht.violations<=1")).toBe(true);
});

test("what there is nothing to measure for is not met, whichever way", () => {
  expect(unmet(parseRequirement("antt<=1000"), run)).toMatchObject({ value: null });
  expect(unmet(parseRequirement("antt>=0"), run)).toMatchObject({ value: null });
});

test("a requirement on a task is not about runs without it", () => {
  const requirement = parseRequirement("tasks.es.p99Ms<=1");
  expect(measuredValue(requirement, run)).toBeUndefined();
  expect(unmet(requirement, run)).toBeUndefined();
});

test("a measured value meets a requirement exactly if it does not meet the negation", () => {
  const name = fc.constantFrom(...metrics.map((metric) => metric.name));
  const pair = fc.constantFrom([">=", "<"], ["<=", ">"]);
  // At most 1, as shares are.
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, max: 1 });
  fc.assert(
    fc.property(name, pair, number, number, fc.boolean(), (metric, [one, other], value, limit, isEqual) => {
      const of = { metrics: { [metric]: isEqual ? limit : value }, tasks: [], accelerators: [] };
      return isMet(`${metric}${one}${limit}`, of) !== isMet(`${metric}${other}${limit}`, of);
    }),
  );
});

describe("over several runs", () => {
  const p99 = (value: number | null): Measured => ({ metrics: { p99Ms: value }, tasks: [], accelerators: [] });
  const verdictOn = (text: string, runs: readonly (readonly [string, Measured])[]) => {
    const tally = new RequirementTally([parseRequirement(text)]);
    for (const [label, each] of runs) tally.add(each, label);
    return tally.verdicts()[0]!;
  };

  test("one that does not meet it is enough, and the worst value is told with its place", () => {
    const verdict = verdictOn("p99Ms<=22", [
      ["a", p99(21)],
      ["b", p99(25)],
      ["c", p99(23)],
    ]);
    expect(verdict).toMatchObject({ isMet: false, runs: 3, failed: 2, worst: { value: 25, where: "b" } });
    expect(verdictText(verdict)).toBe("p99Ms<=22: not met in 2 of 3 runs, worst 25.00 ms (b)");
  });

  test("the worst for >= is the smallest, for == the farthest, and nothing to measure is worse than any", () => {
    const runs = [
      ["a", p99(21)],
      ["b", p99(25)],
      ["c", p99(14)],
    ] as const;
    expect(verdictOn("p99Ms>=10", runs)).toMatchObject({ isMet: true, failed: 0, worst: { value: 14, where: "c" } });
    expect(verdictOn("p99Ms==21", runs)).toMatchObject({ isMet: false, failed: 2, worst: { where: "c" } });
    const withNone = verdictOn("p99Ms>=10", [...runs, ["d", p99(null)]]);
    expect(verdictText(withNone)).toBe("p99Ms>=10: not met in 1 of 4 runs, nothing to measure (d)");
  });

  test("the order of runs does not show", () => {
    const runs = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom(null, 1, 2, 3)), { maxLength: 6 });
    fc.assert(
      fc.property(runs, (all) => {
        const labelled = all.map(([label, value]) => [label, p99(value)] as const);
        expect(verdictOn("p99Ms<=2", labelled.toReversed())).toEqual(verdictOn("p99Ms<=2", labelled));
      }),
    );
  });

  test("a requirement that is about no run is not met", () => {
    expect(verdictText(verdictOn("p99Ms<=22", []))).toBe("p99Ms<=22: not met, there is no run");
    const verdict = verdictOn("tasks.ht.p99Ms<=22", [["a", p99(1)]]);
    expect(verdict).toMatchObject({ isMet: false, runs: 0, failed: 0, worst: undefined });
    expect(verdictText(verdict)).toBe("tasks.ht.p99Ms<=22: not met, no run has task ht");
  });

  test("runs without the task do not count where others have it", () => {
    const runs = [
      ["a", p99(1)],
      ["b", run],
    ] as const;
    expect(verdictText(verdictOn("tasks.ht.p99Ms<=22", runs))).toBe("tasks.ht.p99Ms<=22: met, 22.00 ms (b)");
  });

  test("a value that four digits would make look met is told with all of them", () => {
    expect(verdictText(verdictOn("p99Ms<=22", [["a", p99(22.000001)]]))).toBe("p99Ms<=22: not met, 22.000001 ms (a)");
  });
});
