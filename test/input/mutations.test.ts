/** Whatever happens to a valid file, loading it gives a record or an InputError with places inside the file. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/input/input-error.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import type { Resolver } from "../../src/scenario/resolver.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { propertyRuns } from "../property-runs.ts";
import { memoryFiles } from "./memory-files.ts";
import { expectPlace, mutatedBy, mutations } from "./mutated.ts";

const files = {
  "net.yaml": `name: net
accuracy: { metric: mIoU, required: 90.5, better: higher }
input: [3, 32, 32]
batch: 2
layers:
  - &stem { name: stem, type: conv, out: 8, kernel: 3, stride: 2, groups: 1 }
  - repeat: { 1: 0.25, 3: 0.75 }
    name: stage
    skip: 0.1
    layers:
      - { type: depthwise-conv, kernel: [3, 1], padding: [1, 0], dilation: 1 }
      - { name: add, type: elementwise, from: [stem, depthwise-conv1] }
  - { type: attention, heads: 2, projections: qk, exit: 0.2, exitAccuracy: 3 }
  - { type: conv, K: 4, C: 3, Y: 9, X': 7, R: 3 }
  - { type: reshape, shape: [4, 49, 1] }
  - { type: lstm, hidden: 4, steps: { 2: 0.5, 4: 0.5 } }
  - { type: pool, kernel: 1, repeat: 2 }
  - { type: transposed-conv, out: 3, kernel: 2, from: input }
  - { type: fc, out: 10 }
`,
  "scenario.yaml": `name: s
durationMs: 1000
replay: jobs.csv
tasks:
  - { id: a, model: net, fps: 30 }
  - { id: b, model: { name: in, layers: measured }, deadlineMs: 7, priority: 2 }
  - { id: c, model: net, after: { tasks: [a], probability: 0.5 } }
  - { id: d, model: net, after: c, fps: 60, deadlineMs: none }
phases:
  - { name: p, startMs: 400, tasks: { c: { probability: 1 }, b: { enabled: false } } }
`,
  "arrivals.yaml": `name: s
durationMs: 1000
tasks:
  - { id: a, model: net, fps: 30, jitterMs: 1, offsetMs: 2 }
  - { id: b, model: net, arrival: { kind: poisson, ratePerS: 3 } }
  - { id: c, model: net, deadlineMs: 4, arrival: { kind: one-shot, count: 3, fromMs: 0, toMs: 9 } }
  - { id: d, model: net, deadlineMs: 4, arrival: { kind: trace, timesMs: [0, 3.5] } }
  - { id: e, model: net, deadlineMs: 4, arrival: { kind: trace, file: trace.csv } }
  - { id: g, model: net, deadlineMs: 4, arrival: { kind: closed, thinkMs: 3, clients: 2, think: exponential } }
  - id: f
    model: net
    deadlineMs: 4
    arrival: { kind: trace, file: dates.csv, time: { column: at, format: iso, origin: first }, columns: { task: app } }
`,
  "jobs.csv": 'task,job,releaseMs,deadlineMs,status\na,0,0.5,4,met\nb,0,3.25,,late\nc,0,1,2,met\na,1,"2",5,met\n',
  "dates.csv": "at,app,scale\n2023-11-16 18:17:03.9799600,f,2.5\n2023-11-16 18:17:04Z,e,\n",
  "trace.csv": "releaseMs,priority\r\n0.5,1\r\n\r\n7,2\r\n",
  "system.yaml": `name: sys
costs: table
table: table.csv
memory: { bandwidthGBs: 16, energyPjPerByte: 0.5 }
dataflows:
  mine: ["TemporalMap(16,16) C", "SpatialMap(1,1) K", "Cluster(4)", "SpatialMap(1,1) X'"]
accelerators:
  - { id: t, count: 2, clockGHz: 2, units: 2, preemption: [kill] }
  - { id: m, costs: maestro, dataflow: mine, pes: 64, nocElementsPerCycle: [32, 16] }
  - { id: d, costs: data-centric, dataflow: ws, pes: 512, nocElementsPerCycle: 8, offChip: { bandwidthGBs: 3 }, startUp: on }
`,
  "table.csv": "model,accelerator,latencyCycles,energyNj,units,layer\nnet,t,100,5,2,\nnet,t0,7,,1,stem\nin,t1,3,4,,\n",
  "suite.yaml": "name: all\nscenarios: [scenario, arrivals]\n",
};

type FileName = keyof typeof files;

const loaders: Readonly<Record<string, (resolver: Resolver) => unknown>> = {
  "net.yaml": (resolver) => loadModel("net.yaml", resolver),
  "scenario.yaml": (resolver) => loadScenario("scenario.yaml", resolver),
  "arrivals.yaml": (resolver) => loadScenario("arrivals.yaml", resolver),
  "jobs.csv": (resolver) => loadScenario("scenario.yaml", resolver),
  "dates.csv": (resolver) => loadScenario("arrivals.yaml", resolver),
  "trace.csv": (resolver) => loadScenario("arrivals.yaml", resolver),
  "system.yaml": (resolver) => loadSystem("system.yaml", resolver),
  "table.csv": (resolver) => loadSystem("system.yaml", resolver),
  "suite.yaml": (resolver) => loadSuite("suite.yaml", resolver),
};

describe.each(Object.keys(files) as FileName[])("%s", (file) => {
  test("loads as it is", () => {
    expect(loaders[file]!(memoryFiles(files))).toBeDefined();
  });

  test("gives a record or problems with places inside the file, whatever is changed in it", () => {
    const property = fc.property(mutations, (each) => {
      const changed = { ...files, [file]: mutatedBy(each, files[file]) };
      try {
        expect(loaders[file]!(memoryFiles(changed))).toBeDefined();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
        for (const problem of error.problems) expectPlace(problem, changed);
      }
    });
    fc.assert(property, propertyRuns(300));
  });
});
