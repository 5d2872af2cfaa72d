/** `rtmm rerun`: repeats the run of a result.json and compares the results. */

import { InlineExecutor } from "../../executors/inline-executor.ts";
import { pointList } from "../../executors/point-list.ts";
import { readResults, requestAgain } from "../../files/result-file.ts";
import { left, textTable } from "../../output/text-table.ts";
import { type Difference, differences } from "../../records/differences.ts";
import type { RunResult } from "../../records/run-result.ts";
import { Workbench } from "../../run/workbench.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";

export const command: CommandDefinition = {
  examples: [
    {
      command: "rtmm rerun out/result.json",
      meaning: "exit code 0: same result, 3: different result, 4: inputs changed",
    },
  ],
  declare: (declaration) =>
    declaration.argument("<result.json>", "file written by `rtmm run --out` or `--format json`"),
  run,
};

async function run(invocation: Invocation): Promise<ExitCode> {
  const { args, interruptibly, showProgress } = invocation;
  const library = openLibrary(invocation);
  const before = readResults(library.fileAt(args[0]!), library);
  const requests = before.map((result) => requestAgain(result, library));
  const progress = showProgress({ total: requests.length, unit: "runs" });
  const { underWay } = progress;
  invocation.verbose("executor", "this thread");
  const executor = new InlineExecutor(new Workbench(library), {
    ...{ interruptibly, failures: "thrown" },
    ...(underWay !== undefined && { runOptions: () => ({ progress: underWay }) }),
  });
  let code: ExitCode = exitCode.ok;
  await executor.run(pointList(requests), (outcome) => {
    progress.ended();
    if (outcome.kind === "done" && show(before[outcome.index]!, outcome.result, invocation) === "different")
      code = exitCode.regression;
  });
  progress.stop();
  return code;
}

function show(before: RunResult, now: RunResult, invocation: Invocation): "same" | "different" {
  const { print, note, textOptions } = invocation;
  if (before.rtmmVersion !== now.rtmmVersion)
    note(`${before.scenario}: written by rtmm ${before.rtmmVersion}, repeated by ${now.rtmmVersion}`);
  if (before.resultHash === now.resultHash) {
    print(`${now.scenario}: same result ${now.resultHash}`);
    return "same";
  }
  print(`${now.scenario}: different result\n  was ${before.resultHash}\n  now ${now.resultHash}`);
  print(differenceTable(differences(before, now), textOptions));
  return "different";
}

function differenceTable(found: readonly Difference[], textOptions: Invocation["textOptions"]): string {
  const columns = ["scope", "metric", "before", "now"].map(left);
  const rows = found.map(({ scope, metric, before, now }) => [scope, metric, before, now]);
  return textTable({ columns, rows }, textOptions);
}
