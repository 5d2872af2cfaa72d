/**
 * Loads rtmm's program: one script (scripts/bundle.js) with V8's code cache of it (scripts/code-cache.js). So Node does
 * not find and link several hundred modules, and V8 does not compile what most commands call. V8 refuses a cache that
 * another version of it has made, and compiles.
 */
const { readFileSync } = require("node:fs") as typeof import("node:fs");
const { join } = require("node:path") as typeof import("node:path");
const { Script } = require("node:vm") as typeof import("node:vm");

const file = join(__dirname, "program.cjs");

// The bundler writes any character that is not Latin as an escape.
const script = new Script(readFileSync(file, "latin1"), { filename: file, cachedData: codeCache() });

/** There is none while it is being made. */
function codeCache(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, "program.cache"));
  } catch {
    return undefined;
  }
}

/** In a script, Node 20 forgets how to import once its code comes from a cache. */
const hostImport = (specifier: string): Promise<unknown> => import(specifier);

module.exports = { script, entries: script.runInThisContext()(require, file, hostImport) };
