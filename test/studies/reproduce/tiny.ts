/** Worlds small enough to work out by hand, and a bench to run them on. */
import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import { Library } from "../../../src/files/library.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import type { Bench } from "../../../src/studies/reproduce/paper.ts";
import { folderWith } from "../../cli/call.ts";

export function benchWith(files: Readonly<Record<string, string>>): Bench {
  const workbench = new Workbench(new Library(folderWith(files)));
  return {
    workbench,
    executor: new InlineExecutor(workbench),
    signal: new AbortController().signal,
    comparisonsAtOnce: 2,
    ended: () => undefined,
  };
}

const model = (name: string): string => `name: ${name}\nlayers: measured\n`;

/** A long job and a short one, both released at 0; no deadlines. */
export const twoTenants = {
  "long.yaml": model("long"),
  "short.yaml": model("short"),
  "tenants.yaml": `name: tenants
durationMs: 1
tasks:
  - { id: a, model: long.yaml, arrival: { kind: trace, timesMs: [0] }, deadlineMs: none }
  - { id: b, model: short.yaml, arrival: { kind: trace, timesMs: [0] }, deadlineMs: none }
`,
  "npu.yaml": `name: npu
costs: table
table: npu.csv
contextSwitch: off
accelerators:
  - { id: npu }
`,
  "npu.csv": "model,accelerator,latencyMs,energyMj\nlong,npu,10,1\nshort,npu,1,1\n",
};

/** One task that a fast accelerator serves in time and a slow one does not, alone (light) and with another (heavy). */
export const fastAndSlow = {
  "eye.yaml": model("eye"),
  "light.yaml": "name: light\ndurationMs: 100\ntasks:\n  - { id: eye, model: eye.yaml, fps: 100 }\n",
  "heavy.yaml": `name: heavy
durationMs: 100
tasks:
  - { id: left, model: eye.yaml, fps: 100 }
  - { id: right, model: eye.yaml, fps: 100 }
`,
  "both.yaml": "name: both\nscenarios: [light, heavy]\n",
  "soc.yaml": `name: soc
costs: table
table: soc.csv
contextSwitch: off
accelerators:
  - { id: slow }
  - { id: fast }
`,
  "soc.csv": "model,accelerator,latencyMs,energyMj\neye,slow,12,1\neye,fast,4,2\n",
  "twins.yaml": `name: twins
costs: table
table: twins.csv
contextSwitch: off
accelerators:
  - { id: one }
  - { id: two }
`,
  "twins.csv": "model,accelerator,latencyMs,energyMj\neye,one,4,2\neye,two,4,2\n",
};
