/** Dispatched layers per CPU second of every scheduler on built-in scenarios, compared with a bare event-heap loop. */
import { compile } from "../dist/core/program.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";
import { schedulers } from "../dist/schedulers/index.js";
import { resolveParameters } from "../dist/schedulers/parameters.js";
import { limitedRounds } from "./limited-rounds.js";
import { millions, percent, print } from "./table.js";

const ROUNDS = 7;
/** About 10^6 layers per round. */
const DURATION_NS = 60e9;
const CASES = [
  ["vr-gaming", "fda-1-ws-4k"],
  ["vr-gaming", "hda-2-ws-os-4k"],
  ["ar-assistant", "hda-4-ws-os-8k"],
];

export async function schedulerRates() {
  const workbench = new Workbench(new Library(process.cwd()));
  for (const [scenarioName, systemName] of CASES) {
    const program = programOf(workbench, scenarioName, systemName);
    const rows = [
      ["scheduler", "granularity", "layers", "M layers per CPU s", "M events per CPU s", "share of event heap", ""],
    ];
    for (const scheduler of schedulers) {
      for (const given of granularities(scheduler)) rows.push(rowOf(program, scheduler, given));
    }
    print(`${scenarioName} on ${systemName}, ${DURATION_NS / 1e9} s`, rows);
  }
}

function programOf(workbench, scenarioName, systemName) {
  const { files } = workbench;
  const scenario = { ...workbench.scenario(files.find("scenario", scenarioName)).value, durationNs: DURATION_NS };
  const system = workbench.system(files.find("system", systemName)).value;
  const models = scenario.tasks.map((task) => task.model);
  return compile(scenario, system, workbench.costs(models, system));
}

/** Each scheduler with its defaults and, if it has a granularity, one layer at a time. */
function granularities(scheduler) {
  const declared = scheduler.parameters.find(({ name }) => name === "granularity");
  if (declared === undefined) return [{}];
  return [...new Set([declared.default, "layer"])].map((granularity) => ({ granularity }));
}

function rowOf(program, scheduler, given) {
  const { values } = resolveParameters(scheduler, given);
  const { totals, best, heapShare, note } = limitedRounds(program, scheduler, values, ROUNDS);
  const eventsPerLayer = totals && totals.events / totals.layers;
  return [
    scheduler.name,
    given.granularity ?? "-",
    totals?.layers ?? "-",
    millions(best),
    millions(totals && best * eventsPerLayer),
    percent(heapShare),
    note,
  ];
}
