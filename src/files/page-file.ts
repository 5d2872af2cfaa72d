/** Writes a page of rtmm as one file, with the script and the styles that the build made. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PageParts, pageHtml } from "../page/html.ts";
import { packageFolder } from "./package-folder.ts";

type Content = Pick<PageParts, "title" | "description" | "data">;

/** `name`: of the page's script and styles in dist/web. */
export function pageText(name: string, content: Content): string {
  const [script, styles] = ["js", "css"].map((ending) => readFileSync(builtFile(`${name}.${ending}`), "utf8"));
  return pageHtml({ ...content, script: script!, styles: styles!, sha256 });
}

/** Bytes of a page without its data. */
export const pageSize = (name: string): number =>
  ["js", "css"].reduce((sum, ending) => sum + readFileSync(builtFile(`${name}.${ending}`)).length, 2000);

function builtFile(name: string): string {
  const path = join(packageFolder, "dist/web", name);
  if (existsSync(path)) return path;
  throw new Error(`${path} is missing: build rtmm first (npm run build)`);
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");
