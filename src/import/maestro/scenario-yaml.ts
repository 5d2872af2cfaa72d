/** Writes the networks of a workload file as the tasks of a scenario. */
import { Document, YAMLSeq } from "yaml";
import { baseName, fileName } from "./names.ts";
import type { MaestroNetwork } from "./workload.ts";
import { type ImportOptions, onOneLine, type YamlFile, yamlFile } from "./yaml-file.ts";

/** The artifact's files say no duration; XRBench's is a second. */
const durationMs = 1000;

/** `ids` are the names of the networks' models, which lie beside the scenario. */
export function scenarioYaml(
  networks: readonly MaestroNetwork[],
  ids: readonly string[],
  name: string,
  file: string,
  options: ImportOptions,
): YamlFile {
  const idOf = new Map(networks.map((network, index) => [network.name, ids[index] ?? ""]));
  const document = new Document({ name, title: baseName(file), source: fileName(file), durationMs });
  const tasks = new YAMLSeq(document.schema);
  for (const network of networks) {
    const id = idOf.get(network.name);
    const task = { id, model: id, fps: network.fps, ...afterOf(network, idOf) };
    tasks.add(onOneLine(document, task));
  }
  document.set("tasks", tasks);
  return yamlFile(document, name, { schema: "scenario", sources: [file] }, options);
}

function afterOf({ dependencies, probability }: MaestroNetwork, idOf: ReadonlyMap<string, string>): object {
  const parents = [...new Set(dependencies.map(({ text }) => idOf.get(text)))];
  if (parents.length === 0) return {};
  return { after: { ...(parents.length === 1 ? { task: parents[0] } : { tasks: parents }), probability } };
}
