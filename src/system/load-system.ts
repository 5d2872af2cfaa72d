/** System files: YAML to a checked System, with its table of measured costs. */
import type { System } from "../core/system.ts";
import type { FileSource } from "../input/file-source.ts";
import type { Problem } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import { acceleratorsOf } from "./accelerators.ts";
import { dataflowsOf } from "./dataflows.ts";
import type { SystemFile } from "./system-file.ts";
import { readTable } from "./table.ts";

/** What a system file asks of its caller; every Resolver of the scenario loader is one. */
export interface SystemResolver extends FileSource {
  /** A path that `fromFile` mentions (a CSV), relative to that file. */
  locate(path: string, fromFile: string): string;
  /** Told of warnings once a file has loaded. */
  warn?(problem: Problem): void;
}

/** Loads a system. Throws an InputError with the problems of the file and its table. */
export function loadSystem(path: string, resolver: SystemResolver): System {
  const problems = new ProblemList();
  const checked = readYaml(path, "system", resolver, problems);
  const file = checked?.value as SystemFile | undefined;
  const system =
    checked && Array.isArray(file?.accelerators) ? systemFrom(file!, path, checked.report, resolver) : undefined;
  problems.finish(resolver.warn?.bind(resolver));
  return system!;
}

/** Complete where no problem was reported. */
function systemFrom(file: SystemFile, path: string, report: Report, resolver: SystemResolver): System {
  const { name, title, source, contextSwitch = "on", memory } = file;
  if (contextSwitch === "on" && memory === undefined)
    report.problem(
      [],
      "MISSING_KEY",
      'a system needs "memory", or "contextSwitch: off" where moving a job is free',
      "key",
    );
  const dataflows = dataflowsOf(file, report);
  const tables = readTable(file, path, report, resolver);
  return {
    name,
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    accelerators: acceleratorsOf(file, dataflows, tables, report),
    // Never asked for where context switches are off.
    memory: { bandwidthGBs: memory?.bandwidthGBs ?? Infinity, energyPjPerByte: memory?.energyPjPerByte ?? 0 },
    contextSwitch,
  };
}
