/** This module is generated from hardware/ and workloads/: by scripts/generate.js for a build, by vitest.config.ts for tests. */

/** Text of every model, scenario, suite, system and table that comes with rtmm, by its path in the package. */
export declare const builtIns: Readonly<Record<string, string>>;
