/** `rtmm list`: lists what can be run, and the metrics. */
import { type CatalogueName, catalogue, catalogueNames } from "../../describe/catalogue.ts";
import { builtIns, titleOf } from "../../files/built-ins.ts";
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import { jsonText } from "../../output/json.ts";
import { heading } from "../../output/lines.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { exitCode } from "../exit-codes.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";

const formats = (["table", "json", "csv"] as const).map((name) => ({ name }));

interface ListOptions {
  readonly format?: string;
}

export const command: CommandDefinition<ListOptions> = {
  examples: [
    { command: "rtmm list", meaning: "list everything" },
    { command: "rtmm list systems", meaning: "list the systems" },
    { command: "rtmm list metrics -f csv", meaning: "list the metrics with definitions and sources" },
  ],
  declare(declaration) {
    declareFormat(declaration.argument("[what]", `one of ${catalogueNames.join(", ")} (default: all)`), formats);
  },
  async run(invocation) {
    const [what] = invocation.args;
    const names = what === undefined ? catalogueNames : [catalogueNamed(what)];
    invocation.print(rendered(names, invocation));
    return exitCode.ok;
  },
};

function catalogueNamed(what: string): CatalogueName {
  const name = catalogueNames.find((each) => each === what);
  if (name !== undefined) return name;
  const hint = didYouMean(what, catalogueNames) || `; it is one of ${catalogueNames.join(", ")}`;
  throw new RequestError(`cannot list "${what}"${hint}`);
}

/** Reads the titles of the listed files only. */
const listed = (name: CatalogueName) =>
  catalogue(name, (kind) => builtIns(kind).map((each) => ({ name: each.name, title: titleOf(each) })));

function rendered(names: readonly CatalogueName[], { options, textOptions }: Invocation<ListOptions>): string {
  const format = formatNamed(options.format ?? "table", formats).name;
  switch (format) {
    case "json": {
      const records = names.map((name) => [name, listed(name).records()] as const);
      return jsonText(Object.fromEntries(records));
    }
    case "csv":
      if (names.length > 1)
        throw new RequestError("CSV holds one list; name it, for example `rtmm list systems -f csv`");
      return listed(names[0]!).csv();
    case "table": {
      const title = (name: string) => (names.length > 1 ? `${heading(name.toUpperCase(), textOptions)}\n` : "");
      return names.map((name) => title(name) + listed(name).lines(textOptions)).join("\n\n");
    }
    default:
      return format satisfies never;
  }
}
