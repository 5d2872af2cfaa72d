/** Importers of other tools' files: text in, rtmm's YAML out. */
export { detectMaestroFormat, type MaestroFormat } from "./maestro/format.ts";
export {
  type ImportedWorkload,
  importMaestroSystem,
  importMaestroWorkload,
  type SourceFile,
} from "./maestro/import-maestro.ts";
export type { ImportedFile, ImportOptions } from "./maestro/yaml-file.ts";
