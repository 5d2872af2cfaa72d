/**
 * What piscina loads in a new thread, and awaits. It calls `require`, and Node 20 dies of a thread that is ended while
 * it requires an ES module ("v8::Module::IsGraphAsync must be used on an instantiated module"). An import can be cut short.
 */
module.exports = import("./point-worker.ts").then((worker) => worker.default);
