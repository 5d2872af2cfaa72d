/** Writes the networks of a workload file as the tasks of a scenario. */
import { baseName, fileName } from "../ids.ts";
import type { ImportedFile, ImportOptions } from "../imported.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { formatTitle as format } from "./format.ts";
import type { ScheduledNetwork } from "./network.ts";

/** The artifact's files state no duration; XRBench's is a second. */
const durationMs = 1000;

/** `ids` are the names of the networks' models, which lie beside the scenario. */
export function scenarioYaml(
  networks: readonly ScheduledNetwork[],
  ids: readonly string[],
  name: string,
  file: string,
  options: ImportOptions,
): ImportedFile {
  const idOf = new Map(networks.map((network, index) => [network.name, ids[index] ?? ""]));
  const tasks = networks.map((network) => {
    const id = idOf.get(network.name);
    return onOneLine({ id, model: id, fps: network.fps, ...afterOf(network, idOf) });
  });
  const scenario = { name, title: baseName(file), source: fileName(file), durationMs, tasks };
  return yamlFile(scenario, { schema: "scenario", sources: [file], format }, options);
}

function afterOf({ dependencies, probability }: ScheduledNetwork, idOf: ReadonlyMap<string, string>): object {
  const parents = [...new Set(dependencies.map(({ text }) => idOf.get(text)))];
  if (parents.length === 0) return {};
  return { after: { ...(parents.length === 1 ? { task: parents[0] } : { tasks: parents }), probability } };
}
