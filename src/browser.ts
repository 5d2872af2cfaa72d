/**
 * Runs whose files are in memory, in any JavaScript engine. See docs/library.md.
 *
 * @module rtmm/browser
 */

export * from "./everywhere.ts";
export {
  diff,
  explain,
  type MemoryDiffRequest,
  type MemoryExplainRequest,
  type MemoryRunRequest,
  type MemoryTimelineRequest,
  type MemoryTraceRequest,
  run,
  timeline,
  trace,
} from "./request/in-memory.ts";
export { loadModel, loadScenario, loadSuite, loadSystem, type MemoryLoadOptions } from "./request/load-in-memory.ts";
export type { BuiltInFiles } from "./request/memory-files.ts";
