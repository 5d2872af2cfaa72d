/** `rtmm import maestro`: files of MAESTRO, and of the XRBench artifact. */
import { Option } from "commander";
import { readSources } from "../../../files/imports/read-sources.ts";
import { importMaestro } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { importCommand } from "../../run-import.ts";

interface MaestroCommandOptions extends ImportCommandOptions {
  readonly dialect: "auto" | "maestro" | "xrbench";
  readonly dataflow?: string;
  readonly groupChannels: "each" | "all";
}

export const command = importCommand<MaestroCommandOptions>({
  examples: [
    { command: "rtmm import maestro Resnet50_model.m -o mine", meaning: "convert a network, with strides and batch" },
    {
      command: "rtmm import maestro Resnet50_kcp_ws.m accelerator_1.m -o mine",
      meaning: "convert a network with its mapping, and the system that runs it",
    },
    {
      command: "rtmm import maestro VR_gaming.m -o mine",
      meaning: "convert its models and the scenario that runs them",
    },
    {
      command: "rtmm import maestro Dual_4K.m WS_OS.m",
      meaning: "convert hardware and dataflows to a system, on stdout",
    },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "networks, mappings, hardware and dataflows, in any order"))
      .addOption(
        new Option("--dialect <name>", "xrbench ignores strides and N, as its artifact does")
          .choices(["auto", "maestro", "xrbench"])
          .default("auto"),
      )
      .option("--dataflow <name>", "of hardware without a mapping: ws, os or rs (default: ws)")
      .addOption(
        new Option("--group-channels <which>", "whether C of an NGCONV is that of each group, as in MAESTRO, or of all")
          .choices(["each", "all"])
          .default("each"),
      );
  },
  convert: (invocation, { library, options, warn }) => {
    const { dialect, dataflow, groupChannels } = invocation.options;
    const chosen = {
      ...options,
      groupChannels,
      ...(dialect !== "auto" && { dialect }),
      ...(dataflow !== undefined && { dataflow }),
    };
    return importMaestro(readSources(invocation.args, library), chosen, warn);
  },
});
