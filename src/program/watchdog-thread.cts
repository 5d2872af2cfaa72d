/** The thread of `executors/threads/watchdog.ts`. */
module.exports = require("./load.cjs").entries.watchdogThread;
