/** The process of `cli/watch/child-run.ts`. */
module.exports = require("./load.cjs").entries.watchedRun;
