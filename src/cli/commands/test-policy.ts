/** `rtmm test-policy`: tries one's own policy on random small scenarios. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { Library } from "../../files/library.ts";
import { writeTextFiles } from "../../files/text-files.ts";
import { RequestError } from "../../input/request-error.ts";
import { counted } from "../../output/words.ts";
import { findScheduler } from "../../run/find-scheduler.ts";
import { LARGEST_SEED } from "../../run/settings.ts";
import { areCaseFiles, COSTS_FILE, SCENARIO_FILE, SYSTEM_FILE } from "../../studies/policy-test/case-files.ts";
import { rules } from "../../studies/policy-test/checks.ts";
import { type PolicyFailure, testPolicy } from "../../studies/policy-test/test-policy.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { wholeNumber } from "../options/run-options.ts";

interface Options {
  readonly cases: number;
  readonly seed: number;
  readonly out: string;
}

const MOST_CASES = 1_000_000;

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm test-policy ./mine.js", meaning: "try a policy on 100 random small scenarios" },
    {
      command: "rtmm test-policy 'exec:python3 mine.py' --cases 1000 --seed 7",
      meaning: "try others, and more of them",
    },
  ],
  declare(declaration: Command): void {
    declaration
      .argument("<scheduler>", "file, exec: command or name of a scheduler")
      .option("--cases <n>", "number of scenarios", wholeNumber(1, MOST_CASES), 100)
      .option("--seed <n>", "seed of the scenarios", wholeNumber(0, LARGEST_SEED), 1)
      .option("-o, --out <folder>", "folder for the smallest scenario that it fails on", "failing");
  },
  run,
};

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, interruptibly, print, showProgress } = invocation;
  const { cases, seed } = options;
  const library = openLibrary(invocation);
  refuseFilesOfOthers(options.out, library);
  const found = await findScheduler(args[0]!, library);
  const { ended, stop } = showProgress({ total: cases, unit: "cases" });
  const settings = { found, cases, seed, cwd: library.absolute(options.out) };
  try {
    const { cases: tried, failure } = testPolicy(settings, { interruptibly, tried: () => ended() });
    const { name } = found.scheduler;
    if (failure === undefined) print(`${name} keeps every rule in ${counted(tried, "random case")} (seed ${seed})`);
    else showFailure(failure, `${name} fails in case ${tried} of ${cases} (seed ${seed})`, invocation);
    return failure === undefined ? exitCode.ok : exitCode.failed;
  } finally {
    stop();
  }
}

/** A case takes the place of an earlier one, but of nothing else. */
function refuseFilesOfOthers(out: string, library: Library): void {
  const names = [SCENARIO_FILE, SYSTEM_FILE, COSTS_FILE];
  const paths = names.map((name) => [name, join(library.absolute(out), name)] as const);
  const texts = paths.flatMap(([name, path]) =>
    existsSync(path) ? [[name, readFileSync(path, "utf8")] as const] : [],
  );
  if (texts.length === 0 || areCaseFiles(Object.fromEntries(texts))) return;
  const there = texts.map(([name]) => name).join(", ");
  throw new RequestError(
    `a failing case would replace files of yours in ${out}: ${there}; choose another folder with -o`,
  );
}

function showFailure(
  failure: PolicyFailure,
  heading: string,
  { args, options, streams, print, note }: Invocation<Options>,
): void {
  const { rule, what, smallest, files } = failure;
  writeTextFiles(new Library(streams.cwd).absolute(options.out), files);
  const parameters = Object.entries(smallest.parameters).map(([name, value]) => ` -p ${name}=${value}`);
  const scheduler = /^[\w./-]+$/.test(args[0]!) ? args[0] : `'${args[0]}'`;
  const [scenario, system] = ["scenario.yaml", "system.yaml"].map((file) => join(options.out, file));
  print(`${heading}: it must be that a policy ${rule}\n${what.replaceAll(/^/gm, "  ")}\n`);
  note(
    `wrote ${Object.keys(files)
      .map((file) => join(options.out, file))
      .join(", ")}`,
  );
  // A single run of a policy that decides otherwise in the next one shows nothing.
  const again = rule === rules.ends || rule === rules.audit ? "run" : "verify";
  print(`rtmm ${again} ${scenario} -S ${system} -s ${scheduler}${parameters.join("")} --seed ${smallest.seed}`);
}
