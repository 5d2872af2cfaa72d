/** `rtmm import aihub`: latencies that Qualcomm AI Hub publishes. */
import { readSources } from "../../../files/imports/read-sources.ts";
import { importAiHub } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { declareRates, nameFrom, type RatesOptions, ratesFrom } from "../../options/rates-option.ts";
import { listed } from "../../options/run-options.ts";
import { importCommand } from "../../run-import.ts";

interface Options extends ImportCommandOptions, RatesOptions {
  readonly device?: string;
  readonly runtime?: readonly string[];
  readonly precision?: readonly string[];
}

export const command = importCommand<Options>({
  examples: [
    {
      command: 'rtmm import aihub hand.yaml midas.yaml --device "XR2 Gen 2" --fps hand=45,midas=30 -o headset',
      meaning: "models, the system with their costs, and a scenario at these rates",
    },
    {
      command: "rtmm import aihub yolov8/perf.yaml --device qcs8550 --precision w8a8 -o detection",
      meaning: "the quantised network alone",
    },
  ],
  declare(declaration) {
    const files = declaration.argument("<files...>", "perf.yaml files");
    files
      .option("-d, --device <name>", "device, by its name or a part of it")
      .option("-r, --runtime <name,…>", "runtimes, the first that there is (default: the fastest)", listed)
      .option("-p, --precision <name,…>", "precisions, the first that there is (default: the file's first)", listed);
    declareImportOptions(declareRates(files));
  },
  convert: (invocation, { library, options, warn }) => {
    const { device, runtime, precision } = invocation.options;
    return importAiHub(
      readSources(invocation.args, library),
      {
        ...options,
        ...ratesFrom(invocation.options),
        ...nameFrom(invocation.options),
        ...(device === undefined ? {} : { device }),
        ...(runtime === undefined ? {} : { runtimes: runtime }),
        ...(precision === undefined ? {} : { precisions: precision }),
      },
      warn,
    );
  },
});
