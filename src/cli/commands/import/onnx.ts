/** `rtmm import onnx`: networks as ONNX files. */
import { withByteFile } from "../../../files/imports/byte-file.ts";
import { type GivenInput, importOnnx, joinImports } from "../../../import/index.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { addInput, inputsOfFile } from "../../options/onnx-input.ts";
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
    {
      command: "rtmm import onnx det.onnx cls.onnx --input det:x=1x3x736x1280 --input cls:x=1x3x48x192 -o ocr",
      meaning: "say them for one of several files",
    },
  ],
  declare(declaration) {
    declareImportOptions(
      declaration
        .argument("<files...>", "ONNX networks; their weights are not read")
        .option(
          "--input <[file:]name=sizes>",
          "shape of an input (1x3x224x224), size of a symbol, or value of a scalar; of all files, or one; repeatable",
          addInput,
        ),
    );
  },
  convert: (invocation, { library, options }) => {
    const { input = [] } = invocation.options;
    const imports = invocation.args.map((path) => {
      const inputs = inputsOfFile(input, path, invocation.args);
      return withByteFile(path, library, (bytes, file) => importOnnx({ bytes, file }, { ...options, inputs }));
    });
    return joinImports(imports);
  },
});
