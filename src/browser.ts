/** `rtmm/browser`: runs whose files are in memory, in any JavaScript engine. See docs/library.md. */
export { loadModel, loadScenario, loadSuite, loadSystem, type MemoryLoadOptions } from "./api/load-in-memory.ts";
export type { BuiltInFiles } from "./api/memory-files.ts";
export { type MemoryRunRequest, run } from "./api/run-in-memory.ts";
export * from "./everywhere.ts";
