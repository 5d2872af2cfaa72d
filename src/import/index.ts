/** Importers of other tools' files: text in, rtmm's files and a report out. */
export type {
  ImportedFile,
  ImportedKind,
  ImportOptions,
  ImportReport,
  ImportResult,
  SourceFile,
  Warn,
} from "./imported.ts";
export { detectMaestroFormat, type MaestroFormat } from "./maestro/format.ts";
export {
  type ImportedWorkload,
  importMaestro,
  importMaestroSystem,
  importMaestroWorkload,
} from "./maestro/import-maestro.ts";
