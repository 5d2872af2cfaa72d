/** Importers of other tools' files: text in, our YAML out. */
export { detectMaestroFormat, type MaestroFormat } from "./maestro/format.ts";
export {
  type ImportedWorkload,
  importMaestroSystem,
  importMaestroWorkload,
  type SourceFile,
} from "./maestro/import-maestro.ts";
export type { ImportOptions, YamlFile } from "./maestro/yaml-file.ts";
