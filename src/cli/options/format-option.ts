/** `--format`, the same for every command that has it. */
import type { Command } from "commander";
import { nameHint } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";

export const declareFormat = (declaration: Command, formats: readonly { readonly name: string }[]): Command =>
  declaration.option("-f, --format <name>", `output: ${formats.map(({ name }) => name).join(", ")} (default: table)`);

/** Throws RequestError for an unknown name. */
export function formatNamed<Named extends { readonly name: string }>(name: string, formats: readonly Named[]): Named {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = formats.map((format) => format.name);
  throw new RequestError(`unknown format "${name}"${nameHint(name, names)}`);
}
