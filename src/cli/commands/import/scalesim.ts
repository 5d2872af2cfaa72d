/** `rtmm import scalesim`: topologies and configurations of SCALE-Sim. */
import { Option } from "commander";
import { readSources } from "../../../files/imports/read-sources.ts";
import { importScaleSim } from "../../../import/index.ts";
import { type Definition, definitions } from "../../options/define-option.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { importCommand } from "../../run-import.ts";

interface ScaleSimCommandOptions extends ImportCommandOptions {
  readonly define?: readonly Definition[];
  readonly lastWindow: "dropped" | "counted";
  readonly depthwise: "file" | "whole";
  readonly brokenRows: "refuse" | "skip";
}

export const command = importCommand<ScaleSimCommandOptions>({
  examples: [
    {
      command: "rtmm import scalesim topologies/conv_nets/alexnet.csv -o mine",
      meaning: "convert a topology to a model",
    },
    { command: "rtmm import scalesim configs/google.cfg", meaning: "convert a configuration to a system, on stdout" },
    {
      command: "rtmm import scalesim LSTM.csv --define B=1 --define H=512 --define D=256",
      meaning: "fill in the letters of a template",
    },
  ],
  declare(declaration) {
    declareImportOptions(declaration.argument("<files...>", "topologies (CSV) and configurations (cfg), in any order"))
      .option("--define <letter=number>", "a size that a template writes as a letter; repeatable", definitions)
      .addOption(
        new Option("--last-window <how>", "a last window that crosses the input's edge; SCALE-Sim 2 and 3 count it")
          .choices(["dropped", "counted"])
          .default("dropped"),
      )
      .addOption(
        new Option("--depthwise <rows>", "rows of one channel of a depthwise convolution: as in the file, or whole")
          .choices(["file", "whole"])
          .default("file"),
      )
      .addOption(
        new Option("--broken-rows <how>", "rows that are no layers: an error, or left out and told")
          .choices(["refuse", "skip"])
          .default("refuse"),
      );
  },
  convert: (invocation, { library, options, warn }) => {
    const { define = [], lastWindow, depthwise, brokenRows } = invocation.options;
    const sources = readSources(invocation.args, library, "csv");
    const chosen = { defined: new Map(define), lastWindow, depthwise, brokenRows };
    return importScaleSim(sources, { ...options, ...chosen }, warn);
  },
});
