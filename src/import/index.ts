/** Importers of other tools' files: text in, rtmm's files and a report out. */

export { type AiHubOptions, importAiHub } from "./aihub/import-aihub.ts";
export { type ArrivalsOptions, importArrivals } from "./arrivals/import-arrivals.ts";
export { type FileKind, fileKind } from "./file-kind.ts";
export { kebabCase } from "./ids.ts";
export type {
  ImportedFile,
  ImportedKind,
  ImportOptions,
  ImportReport,
  ImportResult,
  SourceFile,
  Warn,
} from "./imported.ts";
export { importJobSet, type JobSetOptions, type TimeUnit } from "./jobset/import-jobset.ts";
export { joinImports } from "./join-imports.ts";
export { detectMaestroFormat, type MaestroFormat } from "./maestro/format.ts";
export {
  type ImportedWorkload,
  importMaestro,
  importMaestroSystem,
  importMaestroWorkload,
  type MaestroOptions,
} from "./maestro/import-maestro.ts";
export { type ModelTasks, modelTasks } from "./model-tasks.ts";
export type { GivenInput } from "./onnx/graph/graph-inputs.ts";
export { importOnnx, type OnnxOptions, type OnnxSource } from "./onnx/import-onnx.ts";
export { type ByteSource, bytesInMemory } from "./onnx/wire/byte-source.ts";
export { type Assignment, importProfile, type ProfileOptions } from "./profile/import-profile.ts";
export type { JoinOptions, Network } from "./profile/join.ts";
export { type Rates, ratesOf } from "./rates.ts";
export { importScaleSim, type ScaleSimOptions } from "./scalesim/import-scalesim.ts";
export { importSimso } from "./simso/import-simso.ts";
export { importTimeloop, type TimeloopOptions } from "./timeloop/import-timeloop.ts";
