/** The files that a user's policy needs beside itself. */
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { RequestError } from "../request-error.ts";

/**
 * Absolute paths: the file, what it imports and what that imports, and the package.json that says how Node reads them.
 * Throws RequestError for what cannot travel.
 */
export async function policyFiles(file: string): Promise<readonly string[]> {
  const found = new Set([file]);
  // A set grows while it is walked.
  for (const path of found) {
    if (extname(path) === ".json") continue;
    for (const imported of await importsOf(path)) found.add(imported);
  }
  for (const path of [...found]) {
    const description = packageFileOf(path);
    if (description !== undefined) found.add(description);
  }
  return [...found];
}

async function importsOf(path: string): Promise<readonly string[]> {
  const { init, parse } = await import("es-module-lexer");
  await init();
  const text = readFileSync(path, "utf8");
  const [imports, , , hasModuleSyntax] = parse(text, path);
  if (!hasModuleSyntax && /\brequire\s*\(/.test(text)) {
    throw cannotTravel(path, "calls require(): write it as an ES module (import …), or bundle it into one file");
  }
  return imports.flatMap((each) => {
    if (each.type === "import-meta" || (each.specifier !== undefined && isBuiltin(each.specifier))) return [];
    const isFixed = each.type !== "dynamic" || !each.glob;
    return [located(isFixed ? each.specifier : undefined, path)];
  });
}

function located(specifier: string | undefined, path: string): string {
  if (specifier === undefined) throw cannotTravel(path, "imports what it only knows when it runs: import a fixed path");
  if (!/^([.]{1,2}\/|\/|file:)/.test(specifier)) {
    const way = `bundle it (for example: npx esbuild ${path} --bundle --platform=node --format=esm)`;
    throw cannotTravel(path, `imports the package "${specifier}", which workers do not have: ${way}`);
  }
  const imported = fileURLToPath(new URL(specifier, pathToFileURL(path)));
  if (existsSync(imported)) return imported;
  throw cannotTravel(path, `imports "${specifier}", which is not there`);
}

const cannotTravel = (path: string, why: string): RequestError =>
  new RequestError(`policy ${path} cannot be sent to workers: it ${why}`);

/** The nearest one: its `type` says whether `.js` files are ES modules. */
function packageFileOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const candidate = join(folder, "package.json");
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
