/** `rtmm verify`: checks that repeated runs give the same result, in this thread and in worker threads. */
import { type Command, InvalidArgumentError } from "commander";
import { left, right, textTable } from "../../output/text-table.ts";
import { counted } from "../../output/words.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";
import { prepareAll, requestsOf } from "../../studies/runs/plan.ts";
import { runsOf, type Verification, type VerifySettings, verify } from "../../studies/verify/verify.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { declareRunOptions, type RunOptions, settingsFromOptions, wholeNumber } from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";
import { toldSettings } from "../told-settings.ts";
import { tellSetups } from "../told-setups.ts";

interface Options extends RunOptions, VariationOptions {
  readonly repeat: number;
  readonly jobs?: readonly number[];
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm verify vr-gaming", meaning: "run three times here, in one worker, and in two workers" },
    { command: "rtmm verify xrbench -s llf --repeat 5 --jobs 1,2,4", meaning: "exit code 3 if a hash differs" },
  ],
  declare,
  run,
};

const MOST_REPEATS = 1000;
const MOST_WORKERS = 64;
const defaultWorkers: readonly number[] = [1, 2];

function declare(declaration: Command): void {
  declareVariation(declareRunOptions(declaration.argument("<scenarios...>", "names or files of scenarios and suites")))
    .option("--repeat <n>", "runs here and for each number of workers", wholeNumber(1, MOST_REPEATS), 3)
    .option("-j, --jobs <n,n>", `numbers of worker threads to try (default: ${defaultWorkers})`, workerCounts);
}

function workerCounts(text: string): number[] {
  const counts = text.split(",").map(Number);
  if (counts.every((count) => Number.isInteger(count) && count >= 1 && count <= MOST_WORKERS)) return counts;
  throw new InvalidArgumentError(`It must be whole numbers from 1 to ${MOST_WORKERS}, such as 1,2.`);
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, print, note, textOptions } = invocation;
  const library = openLibrary(invocation);
  const settings = toldSettings(
    [{ from: "command line", settings: { ...settingsFromOptions(args, options), ...variationFromOptions(options) } }],
    invocation,
  );
  const requests = requestsOf(settings, library);
  const setups = await prepareAll(requests, new Workbench(library));
  tellSetups(setups, invocation.verbose);
  invocation.verbose(
    "executor",
    `this thread, then ${(options.jobs ?? defaultWorkers).map((jobs) => counted(jobs, "worker thread")).join(", then ")}`,
  );
  const verifications = await verifyShown(requests, invocation);
  const names = setups.map(({ program }) => program.scenario.name);
  const rows = names.flatMap((name, index) => verifications.map((each) => row(name, index, each, verifications[0]!)));
  const columns = [left("scenario"), left("where"), right("runs"), left("result"), left("hash")];
  print(textTable({ columns, rows }, textOptions));
  if (rows.every(([, , , result]) => result === "same")) return exitCode.ok;
  note("error: repeated runs gave different results; please report it");
  return exitCode.regression;
}

async function verifyShown(
  requests: readonly RunRequest[],
  { options, streams, interruptibly, policyTimeoutMs, showProgress }: Invocation<Options>,
): Promise<readonly Verification[]> {
  const { cwd } = streams;
  const settings: VerifySettings = { requests, cwd, repeat: options.repeat, workers: options.jobs ?? defaultWorkers };
  const { ended, underWay, stop } = showProgress({ total: runsOf(settings), unit: "runs" });
  try {
    return await streams.untilInterrupted((signal) =>
      verify(settings, { signal, interruptibly, policyTimeoutMs, ended, underWay }),
    );
  } finally {
    stop();
  }
}

function row(name: string, index: number, { workers, hashes }: Verification, first: Verification): string[] {
  const wanted = first.hashes[0]![index]!;
  const different = hashes.map((run) => run[index]!).filter((hash) => hash !== wanted);
  const where = workers === 0 ? "this thread" : counted(workers, "worker");
  const hash = different[0] ?? wanted;
  return [name, where, String(hashes.length), different.length === 0 ? "same" : "differs", hash.slice(0, 32)];
}
