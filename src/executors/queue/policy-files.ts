/** The files that a user's policy needs beside itself to run elsewhere. */
import { dirname, join } from "node:path";
import type { Library } from "../../files/library.ts";
import { type ImportObstacle, policyImports } from "../../files/policy-imports.ts";
import { RequestError } from "../../input/request-error.ts";

/**
 * The file, what it imports and what that imports, and the package.json that says how Node reads them; as the library
 * shows them. Throws RequestError for what cannot travel.
 */
export async function policyFiles(path: string, library: Library): Promise<readonly string[]> {
  const { files, obstacles } = await policyImports(path, library);
  const [first] = obstacles;
  if (first !== undefined)
    throw new RequestError(`policy ${first.file} cannot be sent to workers: it ${whyNot(first)}`);
  return [...new Set([...files, ...files.flatMap((file) => packageFileOf(file, library))])];
}

function whyNot(obstacle: ImportObstacle): string {
  switch (obstacle.kind) {
    case "package": {
      const way = `bundle it (for example: npx esbuild ${obstacle.file} --bundle --platform=node --format=esm)`;
      return `imports the package "${obstacle.specifier}", which workers do not have: ${way}`;
    }
    case "absolute":
      return `imports "${obstacle.specifier}" by its place on this machine: import a relative path`;
    case "missing":
      return `imports "${obstacle.specifier}", which is not there`;
    case "computed":
      return "imports what it only knows when it runs: import a fixed path";
    case "require":
      return "calls require(): write it as an ES module (import …), or bundle it into one file";
    case "unparsed":
      return "has imports that cannot be read: write it in JavaScript, or bundle it into one file";
    default:
      return obstacle satisfies never;
  }
}

/** The nearest one: its `type` says whether `.js` files are ES modules. */
function packageFileOf(file: string, library: Library): string[] {
  for (let folder = dirname(library.absolute(file)); ; folder = dirname(folder)) {
    const candidate = library.shown(join(folder, "package.json"));
    if (library.status(candidate).kind === "file") return [candidate];
    if (folder === dirname(folder)) return [];
  }
}
