/**
 * `npm run bench`: what rtmm's speed is made of, for fixed seeds. Compare by the ratios within one run: absolute
 * figures move with the machine. docs/performance.md says what each line means.
 */
import { costModels, costTables } from "./costs.js";
import { manyPoints } from "./points.js";
import { longRunMemory, startUp } from "./processes.js";
import { schedulerRates } from "./schedulers.js";

console.log(`rtmm bench, Node ${process.version}, ${process.arch}\n`);
await schedulerRates();
await costModels();
await costTables();
await manyPoints();
startUp();
longRunMemory();
