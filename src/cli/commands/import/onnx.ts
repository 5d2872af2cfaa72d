/** `rtmm import onnx`: networks as ONNX files. */
import { withByteFile } from "../../../files/imports/byte-file.ts";
import { type GivenInput, importOnnx, joinImports } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { addInput } from "../../options/onnx-input.ts";
import { importCommand } from "../../run-import.ts";

interface OnnxCommandOptions extends ImportCommandOptions {
  readonly input?: readonly GivenInput[];
}

export const command = importCommand<OnnxCommandOptions>({
  examples: [
    { command: "rtmm import onnx squeezenet.onnx -o mine", meaning: "convert its layers" },
    {
      command: "rtmm import onnx bert.onnx --input input_ids=1x128 --input attention_mask=1x128",
      meaning: "say the sizes that the file leaves open",
    },
    {
      command: "rtmm import onnx bert.onnx --input batch=1 --input sequence=128",
      meaning: "say them by their symbols",
    },
  ],
  declare(declaration) {
    declareImportOptions(
      declaration
        .argument("<files...>", "ONNX networks; their weights are not read")
        .option(
          "--input <name=sizes>",
          "shape of an input (1x3x224x224), size of a symbol, or value of a scalar; may be repeated",
          addInput,
        ),
    );
  },
  convert: (invocation, { library, options }) => {
    const { input: inputs = [] } = invocation.options;
    const imports = invocation.args.map((path) =>
      withByteFile(path, library, (bytes, file) => importOnnx({ bytes, file }, { ...options, inputs })),
    );
    return joinImports(imports);
  },
});
