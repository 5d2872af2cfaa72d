/**
 * What piscina loads in a new thread, with `require`. It must not meet an ES module there: Node 20 dies of a thread that
 * is ended while it requires one ("v8::Module::IsGraphAsync must be used on an instantiated module").
 */
module.exports = require("./load.cjs").entries.pointWorker.default;
