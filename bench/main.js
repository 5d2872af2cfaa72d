/**
 * `npm run bench`: the speed of rtmm's parts, for fixed seeds. Compare ratios within one run, because absolute figures
 * depend on the machine. docs/performance.md explains the output.
 */
import { costModels, costTables } from "./costs.js";
import { longQueues } from "./long-queues.js";
import { manyPoints } from "./points.js";
import { filesToResults, longRunMemory, requestProcesses, startUp } from "./processes.js";
import { schedulerRates } from "./schedulers.js";
import { threadStart } from "./thread-start.js";

console.log(`rtmm bench, Node ${process.version}, ${process.arch}\n`);
await schedulerRates();
await longQueues();
await costModels();
await costTables();
await manyPoints();
await threadStart();
startUp();
filesToResults();
await requestProcesses();
longRunMemory();
