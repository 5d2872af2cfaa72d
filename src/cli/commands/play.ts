/** `rtmm play`: serves the playground to a browser on this machine. */
import { join } from "node:path";
import type { Command } from "commander";
import { packageFolder } from "../../files/package-folder.ts";
import { RequestError } from "../../input/request-error.ts";
import { packed } from "../../playground/share.ts";
import { firstState } from "../../playground/state.ts";
import { defaultSettings } from "../../run/settings.ts";
import { openInBrowser } from "../../serving/open-in-browser.ts";
import { openPageServer, type PageServer } from "../../serving/page-server.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { declareRunOptions, type RunOptions, settingsFromOptions, wholeNumber } from "../options/run-options.ts";
import { playState } from "../play-state.ts";

interface Options extends RunOptions {
  readonly port?: number;
  /** False with `--no-open`. */
  readonly open: boolean;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm play", meaning: "try schedulers, rates and accelerators in the browser" },
    { command: "rtmm play ar-gaming -S hda-4-ws-os-4k -s dream", meaning: "begin with these" },
    { command: "rtmm play ./my.yaml --port 9000 --no-open", meaning: "begin with a file; open the page yourself" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  declareRunOptions(
    declaration.argument("[scenario]", `name or file of a scenario (default: ${firstState.scenario.name})`),
  )
    .option("--port <n>", "port on 127.0.0.1 (default: the first free one from 8642 on)", wholeNumber(1, 65_535))
    .option("--no-open", "do not open a browser");
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, streams, print, note } = invocation;
  const start = await startOf(invocation);
  const folder = join(packageFolder, "dist/play");
  await streams.untilInterrupted(async (signal) => {
    const server = await openPageServer({ folder, port: options.port, start });
    try {
      print(`playground at ${server.url} (Ctrl-C ends it)`);
      if (options.open && streams.stdout.isTTY === true) await open(server, note);
      await untilAborted(signal);
    } finally {
      await server.close();
    }
  });
  return exitCode.ok;
}

/** The first page, with what it shows in its fragment. */
async function startOf(invocation: Invocation<Options>): Promise<string> {
  const { args, options } = invocation;
  if (args.length > 1) throw new RequestError(`play takes one scenario, not ${args.length}; pick others on the page`);
  const given = settingsFromOptions(args, options);
  const state = await playState(
    {
      scenario: given.scenarios?.[0] ?? firstState.scenario.name,
      system: given.system ?? defaultSettings.system,
      scheduler: given.scheduler ?? defaultSettings.scheduler,
      params: given.params ?? {},
      seed: given.seed ?? defaultSettings.seed,
      durationMs: given.durationMs,
      warmupMs: given.warmupMs,
    },
    openLibrary(invocation),
  );
  const fragment = await packed(state);
  if (fragment === undefined)
    throw new RequestError("these files are too large for the playground; begin with smaller tables and traces");
  return `/index.html#${fragment}`;
}

async function open({ url }: PageServer, note: Invocation["note"]): Promise<void> {
  if (!(await openInBrowser(url))) note("no browser could be started; open the page yourself");
}

/** Rejects with the reason. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
