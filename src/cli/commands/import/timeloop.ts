/** `rtmm import timeloop`: problems of Timeloop, and its results. */
import { readSources } from "../../../files/imports/read-sources.ts";
import { importTimeloop } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { declareRates, nameFrom, type RatesOptions, ratesFrom } from "../../options/rates-option.ts";
import { positive } from "../../options/run-options.ts";
import { importCommand } from "../../run-import.ts";

interface Options extends ImportCommandOptions, RatesOptions {
  readonly clockGhz?: number;
  readonly model?: string;
}

const FASTEST_CLOCK_GHZ = 1000;

export const command = importCommand<Options>({
  examples: [
    { command: "rtmm import timeloop layer_shapes/alexnet/*.yaml -o mine", meaning: "convert problems to a model" },
    {
      command: "rtmm import timeloop alexnet/*.yaml out/*/timeloop-mapper.stats.txt --clock-ghz 1 --fps 30 -o mine",
      meaning: "the same, with the cycles and energies that Timeloop computed for each problem",
    },
  ],
  declare(declaration) {
    const files = declaration
      .argument("<files...>", "problems (YAML), one for each layer, and statistics (stats.txt), one for each problem")
      .option("-m, --model <name>", "what the network is called (default: as the folder of its problems)")
      .option("--clock-ghz <GHz>", "clock of the cycles in the statistics", positive(FASTEST_CLOCK_GHZ));
    declareImportOptions(declareRates(files));
  },
  convert({ args, options }, { library, options: common, warn }) {
    const { clockGhz, model } = options;
    return importTimeloop(
      readSources(args, library, "csv"),
      {
        ...common,
        ...ratesFrom(options),
        ...nameFrom(options),
        ...(clockGhz === undefined ? {} : { clockGHz: clockGhz }),
        ...(model === undefined ? {} : { model }),
      },
      warn,
    );
  },
});
