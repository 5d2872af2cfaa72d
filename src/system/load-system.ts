/** System files: YAML to a checked System, with its table of measured costs. */
import type { System } from "../core/system.ts";
import type { LoaderFiles } from "../input/file-source.ts";
import type { Overrides } from "../input/overrides.ts";
import { ProblemList } from "../input/problem-list.ts";
import { readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import { onOrOff } from "../input/switch-value.ts";
import { acceleratorsOf } from "./accelerators.ts";
import { dataflowsOf } from "./dataflows.ts";
import { effectsOf } from "./effects.ts";
import type { SystemFile } from "./system-file.ts";
import { readTable } from "./table.ts";

/** Loads a system with overrides. Throws an InputError with the problems of the file and its table. */
export function loadSystem(path: string, files: LoaderFiles, overrides?: Overrides): System {
  const problems = new ProblemList();
  const checked = readYaml(path, "system", files, problems, { overrides });
  const file = checked?.value as SystemFile | undefined;
  const system =
    checked && Array.isArray(file?.accelerators) ? systemFrom(file!, path, checked.report, files) : undefined;
  problems.finish(files.warn?.bind(files));
  return system!;
}

/** Complete if no problem was reported. */
function systemFrom(file: SystemFile, path: string, report: Report, files: LoaderFiles): System {
  const { name, title, source, memory } = file;
  const contextSwitch = onOrOff(file.contextSwitch ?? "on");
  if (contextSwitch === "on" && memory === undefined)
    report.problem(
      [],
      "MISSING_KEY",
      'a system needs "memory", or "contextSwitch: off" if moving a job is free',
      "key",
    );
  const dataflows = dataflowsOf(file, report);
  const tables = readTable(file, path, report, files);
  const accelerators = acceleratorsOf(file, dataflows, tables, report);
  return {
    name,
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    accelerators,
    // Unused if context switches and contention are off.
    memory: { bandwidthGBs: memory?.bandwidthGBs ?? Infinity, energyPjPerByte: memory?.energyPjPerByte ?? 0 },
    contextSwitch,
    ...effectsOf(file, accelerators, report),
  };
}
