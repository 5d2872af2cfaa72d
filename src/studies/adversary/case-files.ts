/** A genome as files that `rtmm run` takes. */
import { dirname, relative, sep } from "node:path";
import { schemaFolderFrom } from "../../files/built-ins.ts";
import type { Library } from "../../files/library.ts";
import { isPath } from "../../input/is-path.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { readYaml } from "../../input/read-yaml.ts";
import { yamlLines } from "../../output/yaml-flow.ts";
import type { CaseFiles } from "../../records/adversary.ts";
import type { Genome } from "./genome.ts";
import type { ScenarioWords, WrittenScenario } from "./written.ts";
import { writtenScenario } from "./written.ts";

export interface CaseTexts {
  readonly scenario: string;
  /** undefined: the system is that of a file, unchanged. */
  readonly system: string | undefined;
}

export interface CaseNaming {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** Where the files go; absolute. */
  readonly folder: string;
}

export function caseTexts(genome: Genome, naming: CaseNaming, library: Library): CaseTexts {
  const fields = writtenScenario(genome, wordsOf(naming));
  return {
    scenario: schemaLine(naming.folder, "scenario") + yamlLines({ ...fields }, ["tasks"]),
    system:
      genome.system.accelerators === null
        ? undefined
        : schemaLine(naming.folder, "system") + systemText(genome, naming, library),
  };
}

/** The files of a case for another folder. */
export function movedTexts({ scenario, system }: CaseFiles, folder: string, library: Library): CaseTexts {
  const moved = (path: string, file: string): string => pathFrom(folder, library.absolute(library.locate(path, file)));
  const { tasks, ...rest } = fieldsOf(scenario, "scenario", library) as unknown as WrittenScenario;
  const models = tasks.map((task) => ({
    ...task,
    model: isPath(task.model) ? moved(task.model, scenario) : task.model,
  }));
  const scenarioText = schemaLine(folder, "scenario") + yamlLines({ ...rest, tasks: models }, ["tasks"]);
  if (dirname(system) !== dirname(scenario)) return { scenario: scenarioText, system: undefined };
  const fields = fieldsOf(system, "system", library);
  const table = typeof fields.table === "string" ? { table: moved(fields.table, system) } : {};
  const systemText = schemaLine(folder, "system") + yamlLines({ ...fields, ...table }, ["accelerators"]);
  return { scenario: scenarioText, system: systemText };
}

const schemaLine = (folder: string, kind: "scenario" | "system"): string =>
  `# yaml-language-server: $schema=${schemaFolderFrom(folder)}/${kind}.schema.json\n`;

const fieldsOf = (path: string, kind: "scenario" | "system", library: Library): Readonly<Record<string, unknown>> =>
  readYaml(path, kind, library, new ProblemList())!.value as Readonly<Record<string, unknown>>;

/** Models of the user's files are named by their paths from the folder. */
const wordsOf = ({ name, title, source, folder }: CaseNaming): ScenarioWords => ({
  name,
  title,
  source,
  modelOf: ({ model }) => (isPath(model) ? pathFrom(folder, model) : model),
});

/** The file of the system with other accelerators. */
function systemText({ system }: Genome, { name, source, folder }: CaseNaming, library: Library): string {
  const written = fieldsOf(system.path, "system", library);
  const { table } = written;
  const tableFrom = typeof table === "string" ? library.absolute(library.locate(table, system.path)) : undefined;
  return yamlLines(
    {
      ...written,
      name: `${name}-system`,
      title: `${system.name} with other accelerators`,
      source,
      ...(tableFrom !== undefined && { table: pathFrom(folder, tableFrom) }),
      accelerators: system.accelerators,
    },
    ["accelerators"],
  );
}

/** With a folder, so that it is taken for a path. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).join("/");
  return dirname(path) === "." ? `./${path}` : path;
}
