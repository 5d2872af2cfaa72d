/** Writes a page of one script and the styles that it needs. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { repository } from "../repository.ts";

/** Its URL. `script` and `styles` are paths in the repository. */
export async function bundledPage(script: string, styles: readonly string[]): Promise<string> {
  const result = await build({
    entryPoints: [join(repository, script)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const css = styles.map((path) => readFileSync(join(repository, path), "utf8")).join("\n");
  const code = result.outputFiles[0]!.text.replaceAll("</script", "<\\/script");
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>test</title><style>${css}</style></head>`;
  const path = join(mkdtempSync(join(tmpdir(), "rtmm-page-")), "page.html");
  writeFileSync(path, `${head}<body><main></main><script>${code}</script></body></html>`);
  return pathToFileURL(path).href;
}
