/** Dispatched layers per second of every scheduler while thousands of jobs wait, compared with a bare event-heap loop. */
import { compile } from "../dist/core/program.js";
import { simulate } from "../dist/core/simulate.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";
import { schedulers } from "../dist/schedulers/index.js";
import { resolveParameters } from "../dist/schedulers/parameters.js";
import { eventHeapLoop } from "./event-heap.js";
import { millions, print, shortestSeconds } from "./table.js";

const SCENARIO = "bench/long-queue.yaml";
const SEED = 1;
const ROUNDS = 4;

export async function longQueues() {
  const workbench = new Workbench(new Library(process.cwd()));
  const rows = [
    ["scheduler", "system", "layers", "M layers/s, first round", "best of the later", "share of event heap"],
  ];
  for (const scheduler of schedulers) rows.push(rowOf(workbench, scheduler));
  print(`long queues: 5000 requests at 130 % load, late jobs kept, seed ${SEED}`, rows);
}

/** A run slower in later rounds than in the first would show what one run leaves behind for the next. */
function rowOf(workbench, scheduler) {
  const systemName = scheduler.name === "planaria" ? "planaria-16" : "fda-1-ws-4k";
  const program = programOf(workbench, systemName);
  const { values } = resolveParameters(scheduler, { lateDrop: false });
  let totals;
  const run = () => {
    totals = simulate(program, scheduler, values, { seed: SEED });
  };
  const firstSeconds = shortestSeconds(1, run);
  const laterSeconds = shortestSeconds(ROUNDS - 1, run);
  const heapSeconds = shortestSeconds(ROUNDS, () => eventHeapLoop(totals.events));
  return [
    scheduler.name,
    systemName,
    totals.layers,
    millions(totals.layers / firstSeconds),
    millions(totals.layers / laterSeconds),
    `${((heapSeconds / laterSeconds) * 100).toFixed(0)} %`,
  ];
}

function programOf(workbench, systemName) {
  const { files } = workbench;
  const scenario = workbench.scenario(SCENARIO).value;
  const system = workbench.system(files.find("system", systemName)).value;
  const models = scenario.tasks.map((task) => task.model);
  return compile(scenario, system, workbench.costs(models, system));
}
