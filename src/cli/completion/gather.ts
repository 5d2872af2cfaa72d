/** Everything that completion knows. Loads all of rtmm, so it is called when rtmm is built. */
import { builtIns, titleOf } from "../../files/built-ins.ts";
import { curves, metrics } from "../../metrics/index.ts";
import type { BuiltInKind } from "../../run/built-in-folders.ts";
import { schedulers } from "../../schedulers/index.ts";
import { wholeProgram } from "../command-line.ts";
import type { Candidate, CompletionData } from "./candidates.ts";
import { commandData } from "./command-data.ts";

export async function gatherCompletionData(): Promise<CompletionData> {
  const named = (things: readonly { readonly name: string; readonly summary: string }[]) =>
    things.map(({ name, summary }) => ({ text: name, summary }));
  return {
    program: commandData(await wholeProgram()),
    names: {
      scenario: files("scenario"),
      suite: files("suite"),
      system: files("system"),
      model: files("model"),
      experiment: files("experiment"),
      ranges: files("ranges"),
      scheduler: named(schedulers),
      metric: [...metrics, ...curves].map(({ name, title }) => ({ text: name, summary: title })),
    },
    parameters: Object.fromEntries(schedulers.map(({ name, parameters = [] }) => [name, parameters])),
  };
}

const files = (kind: BuiltInKind): readonly Candidate[] =>
  builtIns(kind).map((file) => ({ text: file.name, summary: titleOf(file) ?? "" }));
