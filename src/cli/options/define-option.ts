/** `--define NAME=number`: values of names in templates. */
import { InvalidArgumentError } from "commander";

export type Definition = readonly [name: string, value: number];

/** Adds one definition; the last of a name counts. */
export function definitions(text: string, before: readonly Definition[] = []): readonly Definition[] {
  const parts = /^\s*([A-Za-z_]\w*)\s*=\s*(\d+)\s*$/.exec(text);
  if (parts === null || Number(parts[2]) < 1)
    throw new InvalidArgumentError(`expected NAME=<whole number>, got "${text}"`);
  return [...before, [parts[1]!, Number(parts[2])]];
}
