/**
 * `node bench/horizon.js [schedulers…]`: decisions per second over the cases of `rtmm reproduce horizon` with seed 1, by load:
 * horizon beside cheaper policies. Includes the simulation itself, in CPU time of this thread.
 */
import { Library } from "../dist/files/library.js";
import { prepare } from "../dist/run/prepare.js";
import { runOnce } from "../dist/run/run-once.js";
import { Workbench } from "../dist/run/workbench.js";
import { casesOf, fullGrid, variationOf } from "../dist/studies/reproduce/horizon/grid.js";
import { print } from "./table.js";

const given = process.argv.slice(2);
const schedulers = given.length > 0 ? given : ["horizon", "dream", "planaria", "edf"];
const library = new Library(process.cwd());
const planned = casesOf(fullGrid, library).filter(({ upset }) => upset === undefined);

const totals = new Map();
for (const at of planned) {
  // A new one for each case: hundreds of cases would not stay in one.
  const workbench = new Workbench(library);
  const variation = variationOf(at, workbench.scenario(at.scenario).value);
  const place = { scenario: at.scenario, system: library.find("system", at.system), variation };
  for (const scheduler of schedulers) {
    const rest = { scheduler, parameters: {}, seed: 1, durationMs: undefined, warmupMs: 0 };
    const setup = await prepare({ ...place, ...rest }, workbench);
    const before = process.cpuUsage();
    const { decisions } = runOnce(setup).totals;
    const { user, system } = process.cpuUsage(before);
    for (const load of [at.load, "all"]) {
      const key = `${scheduler} ${load}`;
      const { decisions: others = 0, seconds = 0 } = totals.get(key) ?? {};
      totals.set(key, { decisions: others + decisions, seconds: seconds + (user + system) / 1e6 });
    }
  }
}

const rate = (scheduler, load) => {
  const { decisions, seconds } = totals.get(`${scheduler} ${load}`);
  return Math.round(decisions / seconds);
};
const loads = [...fullGrid.loads, "all"];
print(`${planned.length} cases of rtmm reproduce horizon, seed 1: decisions per CPU second`, [
  ["scheduler", ...loads.map((load) => (load === "all" ? load : `load ${load}`))],
  ...schedulers.map((scheduler) => [scheduler, ...loads.map((load) => rate(scheduler, load))]),
]);
