/** `--input name=1x3x224x224`: the shape of a network's input, or the size of a symbol. */
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
