/** Importers of other tools' files: text in, rtmm's files and a report out. */
export { type AiHubOptions, importAiHub } from "./aihub/import-aihub.ts";
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
export { type Assignment, importProfile, type ProfileOptions } from "./profile/import-profile.ts";
export type { JoinOptions, Network } from "./profile/join.ts";
export { type Rates, ratesOf } from "./rates.ts";
