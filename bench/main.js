/**
 * `npm run bench`: the speed of rtmm's parts, for fixed seeds, in some minutes. `npm run bench -- long-queues costs` prints
 * these tables only. Compare ratios within one run, because absolute figures depend on the machine. docs/performance.md
 * explains the output.
 */
const tables = {
  schedulers: async () => (await import("./schedulers.js")).schedulerRates(),
  "long-queues": async () => (await import("./long-queues.js")).longQueues(),
  costs: async () => (await import("./costs.js")).costModels(),
  grid: async () => (await import("./costs.js")).costTables(),
  points: async () => (await import("./points.js")).manyPoints(),
  threads: async () => (await import("./thread-start.js")).threadStart(),
  "start-up": async () => (await import("./processes.js")).startUp(),
  sweep: async () => (await import("./processes.js")).filesToResults(),
  requests: async () => (await import("./processes.js")).requestProcesses(),
  hour: async () => (await import("./processes.js")).longRunMemory(),
};

const given = process.argv.slice(2);
const unknown = given.filter((name) => !Object.hasOwn(tables, name));
if (unknown.length > 0) {
  console.error(`no table of the bench is called ${unknown.join(" or ")}; there are ${Object.keys(tables).join(", ")}`);
  process.exit(2);
}

console.log(`rtmm bench, Node ${process.version}, ${process.arch}\n`);
for (const name of given.length > 0 ? given : Object.keys(tables)) {
  const startMs = performance.now();
  await tables[name]();
  console.log(`(${name}: ${((performance.now() - startMs) / 1000).toFixed(0)} s)\n`);
}
