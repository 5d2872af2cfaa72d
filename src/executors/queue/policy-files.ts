/** The files that a user's policy needs to run on another machine. */
import { dirname, join } from "node:path";
import type { Library } from "../../files/library.ts";
import { type ImportObstacle, policyImports } from "../../files/policy-imports.ts";
import { RequestError } from "../../input/request-error.ts";

/**
 * The file, its direct and indirect imports, and the package.json files that determine how Node reads them. Paths are
 * as the library shows them. Throws RequestError for an import that cannot be sent.
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
      return `imports "${obstacle.specifier}" by an absolute path: import a relative path`;
    case "missing":
      return `imports "${obstacle.specifier}", which does not exist`;
    case "computed":
      return "computes the path of an import when it runs: import a fixed path";
    case "require":
      return "calls require(): write it as an ES module (import …), or bundle it into one file";
    case "unparsed":
      return "has imports that cannot be read: write it in JavaScript, or bundle it into one file";
    default:
      return obstacle satisfies never;
  }
}

/** The nearest package.json. Its `type` says whether `.js` files are ES modules. */
function packageFileOf(file: string, library: Library): string[] {
  for (let folder = dirname(library.absolute(file)); ; folder = dirname(folder)) {
    const candidate = library.shown(join(folder, "package.json"));
    if (library.status(candidate).kind === "file") return [candidate];
    if (folder === dirname(folder)) return [];
  }
}
