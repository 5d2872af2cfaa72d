// For `node --require`: tells on exit how much CPU time the process took, its threads included.
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(2, `\ncpu ${user + system} peak ${process.resourceUsage().maxRSS}\n`);
  });
}
