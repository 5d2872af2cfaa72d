/** An option by a name that it no longer has here. It is not in the help, and says what to write in its place. */
import { Option } from "commander";
import { RequestError } from "../../input/request-error.ts";

/** `flags`: the old ones, such as `--old <file>`. */
export function renamedOption(flags: string, inItsPlace: string): Option {
  return new Option(flags).hideHelp().argParser(() => {
    throw new RequestError(inItsPlace);
  });
}
