/** The files that a user's policy imports. They affect results as much as the policy's own file. */
import { isBuiltin } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ScriptFiles } from "./script-files.ts";

export interface PolicyImports {
  /** The policy's own first, then what it imports, what that imports, and so on. */
  readonly files: readonly string[];
  /** Imports that keep the policy from running on other machines: missing files, and absolute paths. */
  readonly obstacles: readonly ImportObstacle[];
}

export type ImportObstacle = Readonly<
  { file: string } & (
    | { kind: "absolute"; specifier: string }
    | { kind: "package"; specifier: string }
    | { kind: "missing"; specifier: string }
    | { kind: "computed" }
    | { kind: "require" }
    | { kind: "unparsed" }
  )
>;

/** Of an existing file. Paths are as the source shows them. */
export async function policyImports(path: string, source: ScriptFiles): Promise<PolicyImports> {
  const files = new Set([path]);
  const obstacles: ImportObstacle[] = [];
  // A set grows while it is walked.
  for (const file of files) {
    for (const found of await importsOf(file, source)) {
      if (typeof found === "string") files.add(found);
      else obstacles.push(found);
    }
  }
  return { files: [...files], obstacles };
}

/** An imported file, or an obstacle. */
type Found = string | ImportObstacle;

async function importsOf(file: string, source: ScriptFiles): Promise<readonly Found[]> {
  if (!/\.[cm]?[jt]s$/.test(file)) return [];
  const text = new TextDecoder().decode(source.read(file));
  const parsed = await parsedModule(text);
  if (parsed === undefined) return [{ kind: "unparsed", file }];
  const { specifiers, hasModuleSyntax } = parsed;
  if (!hasModuleSyntax && /\brequire\s*\(/.test(text)) return [{ kind: "require", file }];
  return specifiers
    .filter((specifier) => specifier === undefined || !isEverywhere(specifier))
    .flatMap((specifier) => located(specifier, file, source));
}

/** Node's modules and rtmm itself: whoever runs the policy has them. */
const isEverywhere = (specifier: string): boolean => isBuiltin(specifier) || /^rtmm(\/|$)/.test(specifier);

interface ParsedModule {
  /** undefined: known only when it runs. */
  readonly specifiers: readonly (string | undefined)[];
  readonly hasModuleSyntax: boolean;
}

/** undefined: not JavaScript that can be parsed, as TypeScript may be. */
async function parsedModule(text: string): Promise<ParsedModule | undefined> {
  const { init, parse } = await import("es-module-lexer");
  await init();
  try {
    const [imports, , , hasModuleSyntax] = parse(text);
    const asked = imports.filter(({ type }) => type !== "import-meta");
    return {
      specifiers: asked.map((each) =>
        each.type === "dynamic" && each.glob ? undefined : (each.specifier ?? undefined),
      ),
      hasModuleSyntax,
    };
  } catch {
    return undefined;
  }
}

function located(specifier: string | undefined, file: string, source: ScriptFiles): Found[] {
  if (specifier === undefined) return [{ kind: "computed", file }];
  if (!/^([.]{1,2}\/|\/|file:)/.test(specifier)) return [{ kind: "package", file, specifier }];
  const imported = pathOf(specifier, source.absolute(file));
  const path = imported === undefined ? undefined : source.shown(imported);
  if (path === undefined || source.status(path).kind !== "file") return [{ kind: "missing", file, specifier }];
  return specifier.startsWith(".") ? [path] : [path, { kind: "absolute", file, specifier }];
}

/** undefined: not a path of this machine. */
function pathOf(specifier: string, fromFile: string): string | undefined {
  try {
    return fileURLToPath(new URL(specifier, pathToFileURL(fromFile)));
  } catch {
    return undefined;
  }
}
