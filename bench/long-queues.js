/** Dispatched layers per CPU second of every scheduler while thousands of jobs wait, compared with a bare event-heap loop. */
import { compile } from "../dist/core/program.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";
import { schedulers } from "../dist/schedulers/index.js";
import { resolveParameters } from "../dist/schedulers/parameters.js";
import { limitedRounds } from "./limited-rounds.js";
import { millions, percent, print } from "./table.js";

const SCENARIO = "bench/long-queue.yaml";
/** Each system gets as many times the scenario's requests per second as make it 130 % of what `edf` can do there. */
const CASES = [
  { systemName: "fda-1-ws-4k", rateScale: 1, isFor: () => true },
  { systemName: "hda-2-ws-os-4k", rateScale: 0.9, isFor: () => true },
  { systemName: "hda-4-ws-os-8k", rateScale: 2.15, isFor: () => true },
  // Those that split accelerators.
  { systemName: "planaria-16", rateScale: 1, isFor: ({ name }) => name === "planaria" || name === "veltair" },
];
const ROUNDS = 4;

export async function longQueues() {
  const workbench = new Workbench(new Library(process.cwd()));
  for (const { systemName, rateScale, isFor } of CASES) {
    const rows = [
      ["scheduler", "layers", "M layers per CPU s, first round", "best of the later", "share of event heap", ""],
    ];
    const program = programOf(workbench, systemName, rateScale);
    for (const scheduler of schedulers.filter(isFor)) rows.push(rowOf(program, scheduler));
    print(`long queues on ${systemName}: 5000 requests at 130 % load, late jobs kept`, rows);
  }
}

/** A run slower in later rounds than in the first would show what one run leaves behind for the next. */
function rowOf(program, scheduler) {
  const { values } = resolveParameters(scheduler, { lateDrop: false });
  const { first, later, totals, heapShare, note } = limitedRounds(program, scheduler, values, ROUNDS);
  return [scheduler.name, totals?.layers ?? "-", millions(first), millions(later), percent(heapShare), note];
}

function programOf(workbench, systemName, rateScale) {
  const { files } = workbench;
  const { value } = workbench.scenario(SCENARIO, { rateScale });
  const scenario = { ...value, durationNs: Math.round(value.durationNs / rateScale) };
  const system = workbench.system(files.find("system", systemName)).value;
  const models = scenario.tasks.map((task) => task.model);
  return compile(scenario, system, workbench.costs(models, system));
}
