/** `--timeline`: charts of the runs, in a window of each. */
import type { Command } from "commander";
import { RequestError } from "../../input/request-error.ts";
import type { TimelineFormat } from "../../output/timeline/format.ts";
import { timelineFormats } from "../../output/timeline/index.ts";
import { createTimelineLog, type TimelineLog } from "../../records/timeline-log.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import { LONGEST_MS, type Settings } from "../../run/settings.ts";
import { timelineWindow } from "../../run/timeline-window.ts";
import type { Invocation } from "../command.ts";
import { symbolsFor } from "../symbols.ts";
import { notNegative, positive } from "./run-options.ts";

export interface TimelineOption {
  readonly timeline?: true;
  readonly fromMs?: number;
  readonly toMs?: number;
}

export const declareTimeline = (declaration: Command): Command =>
  declaration
    .option("--timeline", "draw who has which accelerator when, and the misses")
    .option("--from-ms <ms>", "start of the timeline (default: near the first miss)", notNegative(LONGEST_MS))
    .option("--to-ms <ms>", "end of the timeline (default: a few jobs later)", positive(LONGEST_MS));

/** Charts of the runs of a command. */
export interface Timelines {
  /** One for each run. */
  readonly logs: readonly TimelineLog[];
  /** Of the first runs. */
  render(finished: number): string;
}

/** undefined without the option. Throws RequestError if the format or the window does not fit. */
export function timelinesOf(
  { options, textOptions, streams }: Invocation<TimelineOption>,
  { format: formatName, warmupMs }: Settings,
  setups: readonly RunSetup[],
): Timelines | undefined {
  const { timeline, fromMs, toMs } = options;
  if (timeline === undefined) {
    if (fromMs === undefined && toMs === undefined) return undefined;
    throw new RequestError(`${fromMs === undefined ? "--to-ms" : "--from-ms"} needs --timeline`);
  }
  const format = drawnFormat(formatName);
  const logs = setups.map(({ program }) =>
    createTimelineLog(program.scenario, program.system, timelineWindow({ fromMs, toMs }, program, warmupMs)),
  );
  const { stdout, env } = streams;
  const layout = { ...textOptions, symbols: symbolsFor(stdout, env), width: stdout.columns };
  return {
    logs,
    render: (finished) =>
      logs
        .slice(0, finished)
        .map((log) => format.render(log.finish(), layout))
        .join("\n\n"),
  };
}

function drawnFormat(name: string): TimelineFormat {
  const format = timelineFormats.find((each) => each.name === name);
  if (format !== undefined) return format;
  const names = timelineFormats.map((each) => each.name).join(" or ");
  throw new RequestError(`--timeline draws text: it needs --format ${names}, not ${name}; for programs, use --jobs`);
}
