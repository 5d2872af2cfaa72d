/** Runs as figures see them, of scenarios in files. */
import { Library } from "../../src/files/library.ts";
import type { PicturedRun } from "../../src/records/run-details.ts";
import { type PicturedRunOptions, picturedRun } from "../../src/run/pictured-run.ts";
import { mergedSettings, type Settings } from "../../src/run/settings.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { prepareAll, requestsOf } from "../../src/studies/runs/plan.ts";
import { folderWith, small } from "../cli/call.ts";

export async function pictured(
  files: Readonly<Record<string, string>>,
  settings: Partial<Settings>,
  options: PicturedRunOptions = {},
): Promise<PicturedRun> {
  const library = new Library(folderWith(files));
  const workbench = new Workbench(library);
  const [setup] = await prepareAll(requestsOf(mergedSettings(settings), library), workbench);
  return picturedRun(setup!, options);
}

const whole: PicturedRunOptions = { window: { kind: "fixed", fromNs: 0, toNs: 10_000_000 } };

/** test/cli/run.test.ts has its jobs. */
export const picturedSmall = (files: Readonly<Record<string, string>> = {}): Promise<PicturedRun> =>
  pictured({ ...small, ...files }, { scenarios: ["small.yaml"], system: "soc.yaml" }, whole);
