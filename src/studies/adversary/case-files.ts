/** A genome as files that `rtmm run` takes. */
import { dirname, relative, sep } from "node:path";
import { schemaFolderFrom } from "../../files/built-ins.ts";
import type { Library } from "../../files/library.ts";
import { isPath } from "../../input/is-path.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { readYaml } from "../../input/read-yaml.ts";
import { yamlLines } from "../../output/yaml-flow.ts";
import type { Genome } from "./genome.ts";
import type { ScenarioWords } from "./written.ts";
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
  const schema = (kind: string): string =>
    `# yaml-language-server: $schema=${schemaFolderFrom(naming.folder)}/${kind}.schema.json\n`;
  const fields = writtenScenario(genome, wordsOf(naming));
  return {
    scenario: schema("scenario") + yamlLines({ ...fields }, ["tasks"]),
    system: genome.system.accelerators === null ? undefined : schema("system") + systemText(genome, naming, library),
  };
}

/** Models of the user's files are named by their paths from the folder. */
const wordsOf = ({ name, title, source, folder }: CaseNaming): ScenarioWords => ({
  name,
  title,
  source,
  modelOf: ({ model }) => (isPath(model) ? pathFrom(folder, model) : model),
});

/** The file of the system with other accelerators. */
function systemText({ system }: Genome, { name, source, folder }: CaseNaming, library: Library): string {
  const written = readYaml(system.path, "system", library, new ProblemList())!.value as Readonly<
    Record<string, unknown>
  >;
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
