/** Checks that the dependencies of a workload's networks make a valid scenario. */
import { didYouMean } from "../../input/closest.ts";
import type { Reporter } from "../reporter.ts";
import type { ScheduledNetwork } from "./network.ts";
import type { Token } from "./tokens.ts";

/** Unknown names, cycles and parents at different rates are errors; what a scenario treats differently is a warning. */
export function checkDependencies(all: readonly ScheduledNetwork[], reporter: Reporter): void {
  const byName = new Map(all.toReversed().map((network) => [network.name, network]));
  // Duplicates have been reported already; the first one counts.
  const networks = all.filter((network) => byName.get(network.name) === network);
  let areSound = true;
  for (const name of networks.flatMap(({ dependencies }) => dependencies)) {
    if (byName.has(name.text)) continue;
    areSound = false;
    reportUnknown(reporter, name, [...byName.keys()]);
  }
  if (!areSound || reportsCycle(networks, byName, reporter)) return;
  for (const network of networks) checkRates(network, byName, reporter);
}

function reportUnknown(reporter: Reporter, name: Token, known: readonly string[]): void {
  const hint = didYouMean(name.text, known) || `; the file has ${known.join(", ")}`;
  reporter.report(name, "UNKNOWN_NAME", `unknown network "${name.text}"${hint}`);
}

type Networks = ReadonlyMap<string, ScheduledNetwork>;

function reportsCycle(networks: readonly ScheduledNetwork[], byName: Networks, reporter: Reporter): boolean {
  const waiting = endlesslyWaiting(networks);
  const parentOf = ({ dependencies }: ScheduledNetwork) =>
    dependencies.find(({ text }) => waiting.has(byName.get(text)!));
  let [network] = waiting;
  if (network === undefined) return false;
  // Following parents that are still waiting leads into a cycle.
  for (const passed = new Set<ScheduledNetwork>(); !passed.has(network); ) {
    passed.add(network);
    network = byName.get(parentOf(network)!.text)!;
  }
  const into = parentOf(network)!;
  reporter.report(into, "CYCLE", `${network.name} depends on itself through ${into.text}`);
  return true;
}

/** Removes networks that wait for none of the others, until only cycles, and networks that wait for them, are left. */
function endlesslyWaiting(networks: readonly ScheduledNetwork[]): ReadonlySet<ScheduledNetwork> {
  let left = networks;
  for (let before = -1; left.length !== before; ) {
    before = left.length;
    const names = new Set(left.map(({ name }) => name));
    left = left.filter(({ dependencies }) => dependencies.some(({ text }) => names.has(text)));
  }
  return new Set(left);
}

function checkRates(network: ScheduledNetwork, byName: Networks, reporter: Reporter): void {
  const { name, at, fps, probability, dependencies } = network;
  const rates = [...new Set(rootsOf(network, byName).map((root) => root.fps))];
  if (dependencies.length === 0 && probability < 1) {
    const advice = "it is ignored, because a root task releases every job";
    reporter.warn(at, "NO_EFFECT", `the network ${name} has a Probability but no Dependency; ${advice}`);
  } else if (rates.length > 1) {
    const message = `the dependencies of ${name} start from networks with different FPS (${rates.join(", ")})`;
    reporter.report(dependencies[0] ?? at, "DIFFERENT_RATES", message);
  } else if (fps !== rates[0]) {
    const message = `${name} has ${fps} FPS, but runs once for each frame of its dependency, at ${rates[0]} FPS`;
    reporter.warn(at, "DIFFERENT_RATES", message);
  }
}

function rootsOf(network: ScheduledNetwork, byName: Networks): ScheduledNetwork[] {
  const above = new Set([network]);
  // The iteration over a set includes what is added on the way.
  for (const { dependencies } of above) for (const { text } of dependencies) above.add(byName.get(text)!);
  return [...above].filter(({ dependencies }) => dependencies.length === 0);
}
