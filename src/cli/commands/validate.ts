/** `rtmm validate`: checks a user's files. */
import { formatProblems } from "../../input/format-problems.ts";
import { validate } from "../../studies/validate.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { namingTools } from "../other-tools.ts";

export const command: CommandDefinition = {
  examples: [
    {
      command: "rtmm validate my-scenario.yaml soc.yaml",
      meaning: "check both, and the models and CSV files they name",
    },
  ],
  declare: (declaration) =>
    declaration.argument(
      "<files...>",
      "models, scenarios, systems, suites, experiments or ranges, recognised by their content",
    ),
  run,
};

async function run(invocation: Invocation): Promise<ExitCode> {
  const { args, print, note, errorColor, showProgress } = invocation;
  const library = openLibrary(invocation);
  const paths = [...new Set(args.map((path) => library.fileAt(path)))];
  const progress = showProgress({ total: paths.length, unit: "files" });
  const { sound, problems } = await validate(paths, library, progress.ended);
  progress.stop();
  for (const { path, kind } of sound) print(`ok  ${path} (${kind})`);
  if (problems.length > 0) note(formatProblems(namingTools(problems, library), { color: errorColor }));
  const hasErrors = problems.some(({ severity }) => severity === "error");
  return hasErrors ? exitCode.usage : exitCode.ok;
}
