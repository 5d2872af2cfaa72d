/** A scheduler, for `rtmm show`: source and parameters. */
import type { Scheduler, SchedulerParameter } from "../core/scheduler.ts";
import type { Description } from "../output/description.ts";
import { left } from "../output/text-table.ts";
import { expectation } from "../schedulers/parameters.ts";

export function describeScheduler(scheduler: Scheduler, path: string | undefined): Description {
  const { name, summary, source, parameters } = scheduler;
  const records = parameters.map((parameter) => ({ ...parameter, accepts: expectation(parameter) }));
  return {
    record: { kind: "scheduler", name, summary, source, file: path ?? null, parameters: records },
    blocks: [
      { kind: "title", text: `${name}: ${summary}` },
      {
        kind: "facts",
        facts: [
          ["source", source],
          ["file", path],
          ["parameters", parameters.length === 0 ? "none" : undefined],
        ],
      },
      {
        kind: "table",
        title: "Parameters (-p name=value)",
        columns: [left("parameter"), left("default"), left("accepts")],
        // Every choice must be readable, because `-p` needs it as it is written.
        lastColumn: "wrapped",
        rows: parameters.map((parameter) => [parameter.name, String(parameter.default), expectation(parameter)]),
      },
      { kind: "paragraphs", title: "What the parameters do", paragraphs: parameters.map(parameterText) },
      { kind: "paragraphs", title: "Preemption", paragraphs: stopsNothing(scheduler) ? [preemptionText(name)] : [] },
    ],
  };
}

const parameterText = ({ name, summary }: SchedulerParameter): string => `${name}: ${summary}`;

/** Whether it could stop running layers, but does not unless asked. */
const stopsNothing = ({ parameters }: Scheduler): boolean =>
  parameters.some((parameter) => parameter.name === "mechanism" && parameter.default === "none");

const preemptionText = (name: string): string =>
  `${name} stops no layer that runs, although most accelerators can (\`rtmm show <system>\`, preemption). ` +
  "With -p mechanism=checkpoint, a more urgent job stops it at the next tile end or, without tiles, at any ns.";
