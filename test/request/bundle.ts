/** The browser entry as one script, and a place without Node to run it in. */
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import type * as browserEntry from "../../src/browser.ts";
import { repository } from "../repository.ts";

export type BrowserEntry = typeof browserEntry;

/** Of the build, as users have it. Fails if anything in it needs a module of Node's. */
export async function bundled(): Promise<{ readonly code: string; readonly imports: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(repository, "dist/browser.js")],
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "rtmm",
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
