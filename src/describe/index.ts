/** Descriptions for `rtmm show`. */
export { describeMetric } from "./metric.ts";
export { describeModel } from "./model.ts";
export type { OnSystem } from "./on-system.ts";
export { describeScenario } from "./scenario.ts";
export { describeScheduler } from "./scheduler.ts";
export { describeSuite } from "./suite.ts";
export { describeSystem } from "./system.ts";
