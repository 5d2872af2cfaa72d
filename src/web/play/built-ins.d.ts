/** This module is generated from hardware/ and workloads/ for a build, by scripts/generate.js. */

/** Text of every model, scenario, suite, system and table that comes with rtmm, by its path in the package. */
export declare const builtIns: Readonly<Record<string, string>>;
