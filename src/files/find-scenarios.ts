/** Finds the scenarios and suites that a command names. */
import { didYouMean } from "../input/closest.ts";
import { kindText } from "../input/file-kind.ts";
import { RequestError } from "../input/request-error.ts";
import { loadSuite } from "../scenario/load-suite.ts";
import { fileKind } from "./file-kind.ts";
import type { Library } from "./library.ts";

/** Returns paths of scenarios in the order given, without duplicates. Throws RequestError or InputError. */
export function findScenarios(names: readonly string[], library: Library): readonly string[] {
  return [...new Set(names.flatMap((name) => scenariosNamed(name, library)))];
}

function scenariosNamed(name: string, library: Library): readonly string[] {
  const { commandLine } = library;
  const path = library.resolve("scenario", name, commandLine) ?? library.resolve("suite", name, commandLine);
  if (path === undefined) {
    const known = [...library.names("scenario", commandLine), ...library.names("suite", commandLine)];
    if (name === "-") throw new RequestError("a scenario has to be a file: standard input could not be read again");
    const hint = didYouMean(name, known) || "; `rtmm list scenarios` shows them all";
    throw new RequestError(`unknown scenario or suite "${name}"${hint}`);
  }
  const kind = fileKind(path, library);
  if (kind === "suite") return loadSuite(path, library).scenarios;
  if (kind !== undefined && kind !== "scenario")
    throw new RequestError(`${path} is ${kindText[kind]}, not a scenario or suite`);
  return [path];
}
