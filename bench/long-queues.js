/** Dispatched layers per second of every scheduler while thousands of jobs wait, compared with a bare event-heap loop. */
import { compile } from "../dist/core/program.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";
import { schedulers } from "../dist/schedulers/index.js";
import { resolveParameters } from "../dist/schedulers/parameters.js";
import { limitedRounds } from "./limited-rounds.js";
import { millions, percent, print } from "./table.js";

const SCENARIO = "bench/long-queue.yaml";
const ROUNDS = 4;

export async function longQueues() {
  const workbench = new Workbench(new Library(process.cwd()));
  const rows = [
    ["scheduler", "system", "layers", "M layers/s, first round", "best of the later", "share of event heap", ""],
  ];
  for (const scheduler of schedulers) rows.push(rowOf(workbench, scheduler));
  print(`long queues: 5000 requests at 130 % load, late jobs kept`, rows);
}

/** A run slower in later rounds than in the first would show what one run leaves behind for the next. */
function rowOf(workbench, scheduler) {
  const systemName = scheduler.name === "planaria" ? "planaria-16" : "fda-1-ws-4k";
  const { values } = resolveParameters(scheduler, { lateDrop: false });
  const { first, later, totals, heapShare, note } = limitedRounds(
    programOf(workbench, systemName),
    scheduler,
    values,
    ROUNDS,
  );
  return [
    scheduler.name,
    systemName,
    totals?.layers ?? "-",
    millions(first),
    millions(later),
    percent(heapShare),
    note,
  ];
}

function programOf(workbench, systemName) {
  const { files } = workbench;
  const scenario = workbench.scenario(SCENARIO).value;
  const system = workbench.system(files.find("system", systemName)).value;
  const models = scenario.tasks.map((task) => task.model);
  return compile(scenario, system, workbench.costs(models, system));
}
