/** The browser entry as one script, and a place without Node to run it in. */
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, type Plugin } from "esbuild";
import { validatorsModule } from "../../scripts/schema-compiler.js";
import type * as browserEntry from "../../src/browser.ts";
import { repository } from "../repository.ts";

export type BrowserEntry = typeof browserEntry;

/** From the sources: a build has the module beside them. */
const validators: Plugin = {
  name: "validators",
  setup(plugins) {
    plugins.onResolve({ filter: /\/validators\.js$/ }, ({ path }) => ({ path, namespace: "validators" }));
    plugins.onLoad({ filter: /.*/, namespace: "validators" }, () => ({ contents: validatorsModule() }));
  },
};

/** Fails if anything in it needs a module of Node's. */
export async function bundled(): Promise<{ readonly code: string; readonly imports: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(repository, "src/browser.ts")],
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "rtmm",
    plugins: [validators],
    logLevel: "silent",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  return { code: outputFiles[0]!.text, imports };
}

/** With the language itself and a few of a browser's globals; `evaluate` runs more code there. */
export function inBrowser(code: string): {
  readonly rtmm: BrowserEntry;
  readonly evaluate: (more: string) => unknown;
} {
  const context = createContext({ TextEncoder, TextDecoder, performance });
  runInContext(code, context);
  return {
    rtmm: runInContext("rtmm", context) as BrowserEntry,
    evaluate: (more) => runInContext(more, context) as unknown,
  };
}
