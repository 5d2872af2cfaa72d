/** `--input name=1x3x224x224`: the shape of a network's input, or the size of a symbol. */
import { basename } from "node:path";
import { InvalidArgumentError } from "commander";
import type { GivenInput } from "../../import/index.ts";

/** Names may contain `=`; sizes do not. */
export function addInput(text: string, previous: readonly GivenInput[] = []): readonly GivenInput[] {
  const at = text.lastIndexOf("=");
  const name = text.slice(0, at);
  const sizes = text.slice(at + 1).split(/[x,]/);
  const isWritten = at > 0 && sizes.every((size) => /^[0-9]{1,9}$/.test(size));
  if (!isWritten) throw new InvalidArgumentError("Write name=sizes, such as x=1x3x224x224.");
  return [...previous.filter((each) => each.name !== name), { name, dims: sizes.map(Number) }];
}

/** Those of one of several files: without its name, `net.onnx:x` or `net:x`, and without those of the others. */
export function inputsOfFile(
  inputs: readonly GivenInput[],
  path: string,
  paths: readonly string[],
): readonly GivenInput[] {
  const prefixOf = (name: string, file: string) => prefixesOf(file).find((prefix) => name.startsWith(prefix));
  const own = inputs.flatMap(({ name, dims }) => {
    const prefix = prefixOf(name, path);
    return prefix === undefined ? [] : [{ name: name.slice(prefix.length), dims }];
  });
  const shared = inputs.filter(({ name }) => paths.every((each) => prefixOf(name, each) === undefined));
  return [...shared.filter(({ name }) => own.every((each) => each.name !== name)), ...own];
}

const prefixesOf = (path: string): readonly string[] => {
  const file = basename(path);
  return [`${path}:`, `${file}:`, `${file.replace(/\.[^.]*$/, "")}:`];
};
