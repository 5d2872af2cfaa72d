/** Effects that are off unless a system names them: docs/semantics.md#contention and the sections after it. */
import type { Accelerator, System } from "../core/system.ts";
import type { Report } from "../input/report.ts";
import { isOn, onOrOff } from "../input/switch-value.ts";
import type { SystemFile } from "./system-file.ts";

type Effects = Pick<System, "contention" | "decisionOverheadNs" | "powerCapMw" | "estimateError">;

/** The effects that the file names. */
export function effectsOf(file: SystemFile, accelerators: readonly Accelerator[], report: Report): Effects {
  const { contention, decisionOverheadNs, powerCapMw, estimateError } = file;
  if (report.problems.errorCount === 0) checkOperatingPoints(file, report);
  if (contention !== undefined && isOn(contention)) checkContention(file, accelerators, report);
  return {
    ...(contention !== undefined && { contention: onOrOff(contention) }),
    ...(decisionOverheadNs !== undefined && { decisionOverheadNs }),
    ...(powerCapMw !== undefined && { powerCapMw }),
    ...(estimateError !== undefined && estimateError > 0 && { estimateError }),
  };
}

/** Contention needs a memory bandwidth, and costs with off-chip traffic. */
function checkContention({ memory }: SystemFile, accelerators: readonly Accelerator[], report: Report): void {
  if (memory === undefined)
    report.problem(["contention"], "MISSING_KEY", 'contention: on needs "memory" with the bandwidth to share', "key");
  if (!accelerators.some(hasTraffic))
    report.warning(["contention"], "NO_EFFECT", "no accelerator has costs with off-chip traffic", "key");
}

/** Without a cap every layer takes the fastest point; without a choice of points a cap changes nothing. */
function checkOperatingPoints({ accelerators, powerCapMw }: SystemFile, report: Report): void {
  const choosing = accelerators.flatMap((entry, i) => ((entry?.operatingPoints?.length ?? 0) > 1 ? [i] : []));
  if (powerCapMw === undefined)
    for (const i of choosing)
      report.warning(
        ["accelerators", i, "operatingPoints"],
        "NO_EFFECT",
        "without powerCapMw every layer takes the fastest of these, and the others do nothing",
        "key",
      );
  else if (choosing.length === 0)
    report.warning(
      ["powerCapMw"],
      "NO_EFFECT",
      "no accelerator has several operatingPoints, so there is nothing that this could slow down",
      "key",
    );
}

function hasTraffic({ costs, weights }: Accelerator): boolean {
  if (weights !== undefined) return true;
  if (costs.kind === "table") return costs.rows.some(({ offChipBytes }) => offChipBytes !== undefined);
  return costs.kind !== "maestro" && costs.offChip !== undefined;
}
