/** `rtmm`: runs and studies on this machine's files, and all that a policy or a tool needs. See docs/library.md. */
export * from "./everywhere.ts";
export { loadModel, loadScenario, loadSuite, loadSystem, type NodeLoadOptions } from "./node/load.ts";
export type { OnMachine } from "./node/open-library.ts";
export { type NodeRunRequest, run } from "./node/run.ts";
