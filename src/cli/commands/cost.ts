/** `rtmm cost`: prints layer costs of models on a system. */
import type { Model } from "../../core/model.ts";
import type { System } from "../../core/system.ts";
import { LayerCostCache } from "../../cost/index.ts";
import { type CostRecord, costFields, costRecords } from "../../describe/cost-listing.ts";
import { costJson, costMarkdown, costTables } from "../../describe/cost-report.ts";
import { listingCsv } from "../../output/listing.ts";
import { defaultSettings } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { exitCode } from "../exit-codes.ts";
import { modelsNamed } from "../models-named.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";

interface CostOptions {
  readonly system?: string;
  readonly format?: string;
}

const formats = (["table", "json", "csv", "markdown"] as const).map((name) => ({ name }));

export const command: CommandDefinition<CostOptions> = {
  examples: [
    { command: "rtmm cost ritnet --system fda-1-ws-4k", meaning: "show a table of its layers" },
    {
      command: "rtmm cost vr-gaming -S hda-2-ws-os-4k -f csv",
      meaning: "print all models of a scenario in full precision",
    },
  ],
  declare(declaration) {
    const { system } = defaultSettings;
    const declared = declaration
      .argument("<model|scenario|file>", "model, or scenario for all its models")
      .option("-S, --system <name|file>", `system with the accelerators (default: ${system})`);
    declareFormat(declared, formats);
  },
  async run(invocation) {
    const workbench = new Workbench(openLibrary(invocation));
    const models = modelsNamed(invocation.args[0] ?? "", workbench);
    const system = workbench.system(
      workbench.files.find("system", invocation.options.system ?? defaultSettings.system),
    ).value;
    // Throws for invalid measured rows, and for layers that no accelerator can run.
    workbench.costs(models, system);
    const cache = new LayerCostCache();
    const records = models.map((model) => costRecords(model, system, cache));
    noteInputWarnings(workbench.files.warnings, invocation);
    invocation.print(rendered(models, records, system, invocation));
    return exitCode.ok;
  },
};

function rendered(
  models: readonly Model[],
  records: readonly (readonly CostRecord[])[],
  system: System,
  { options, textOptions }: Invocation<CostOptions>,
): string {
  const format = formatNamed(options.format ?? "table", formats).name;
  switch (format) {
    case "table":
      return costTables(models, records, system, textOptions);
    case "markdown":
      return costMarkdown(models, records, system);
    case "csv":
      return listingCsv({ fields: costFields, records: records.flat() });
    case "json":
      return costJson(models, records, system);
    default:
      return format satisfies never;
  }
}
