/** What is counted of a run, worked out by hand. */
import { expect, test } from "vitest";
import { Library } from "../../../src/files/library.ts";
import { prepare } from "../../../src/run/prepare.ts";
import { runOnce } from "../../../src/run/run-once.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { FactsCollector } from "../../../src/studies/adversary/facts.ts";
import { folderWith } from "../../cli/call.ts";

/** `a` takes 2 ms on the fast accelerator and 5 on the slow one; `b` 1 ms, on the fast one alone. */
const files = {
  "a.yaml": "name: a\nlayers: measured\n",
  "b.yaml": "name: b\nlayers: measured\n",
  "soc.yaml":
    "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: fast }\n  - { id: slow }\n",
  "soc.csv": "model,accelerator,latencyMs,energyMj\na,fast,2,1\na,slow,5,3\nb,fast,1,1\n",
  "two.yaml": `name: two
durationMs: 10
tasks:
  - { id: first, model: a, fps: 100 }
  - { id: second, model: a, fps: 100, deadlineMs: 4 }
  - { id: third, model: b, fps: 100 }
`,
  // Runs one job at a time, on the first accelerator that can run it.
  "one.mjs": `export default {
  name: "one", summary: "one job at a time", source: "this test", parameters: [],
  create: () => ({
    lateDrop: false,
    decide(view, decisions) {
      if (view.idleAccelerators.length === 2) decisions.run(view.readyJobs.first, view.idleAccelerators[0]);
    },
  }),
};
`,
};

async function factsOf(scheduler: string) {
  const workbench = new Workbench(new Library(folderWith(files)));
  const request = { scenario: "two.yaml", system: "soc.yaml", scheduler, parameters: {}, seed: 1 };
  const setup = await prepare({ ...request, durationMs: undefined, warmupMs: 0 }, workbench);
  const collector = new FactsCollector(setup.program);
  runOnce(setup, { observer: collector.observer });
  return collector.finish("it");
}

test("fcfs runs the second job on the slow accelerator, where it is late", async () => {
  // first on fast 0 to 2, second on slow 0 to 5 (deadline 4), third on fast 2 to 3: it cannot run on slow.
  expect(await factsOf("fcfs")).toMatchObject({
    ...{ label: "it", jobs: 3, completed: 3, late: 1, dropped: 0, energyMj: 5, meanResponseMs: (2 + 5 + 3) / 3 },
    ...{ computingMs: 8, fastestMs: 5, leastEnergyMj: 3, lostMs: 0, overheadMs: 0, idleWhileWaitingMs: 0, endMs: 5 },
    tasks: [
      { id: "first", jobs: 1, violations: 0, computingMs: { fast: 2 } },
      { id: "second", jobs: 1, violations: 1, computingMs: { slow: 5 } },
      { id: "third", jobs: 1, violations: 0, computingMs: { fast: 1 } },
    ],
  });
});

test("an accelerator that is free while a job waits that it can run idles", async () => {
  // first 0 to 2, second 2 to 4, third 4 to 5, all on fast. slow could run second from 0 to 2; it cannot run third.
  expect(await factsOf("./one.mjs")).toMatchObject({
    idleWhileWaitingMs: 2,
    computingMs: 5,
    fastestMs: 5,
    leastEnergyMj: 3,
    late: 0,
    endMs: 5,
  });
});
