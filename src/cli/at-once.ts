/** What rtmm answers without its program: the version, and what a shell asks on Tab. */
import { rtmmVersion } from "../records/version.ts";
import { complete } from "./completion/complete.ts";
import type { Streams } from "./streams.ts";

/** Whether there was an answer to these words. */
export function answeredAtOnce(argv: readonly string[], streams: Pick<Streams, "stdout">): boolean {
  const [first, second] = argv;
  const asksVersion = argv.length === 1 && (first === "--version" || first === "-V");
  if (asksVersion) streams.stdout.write(`${rtmmVersion}\n`);
  else if (first === "complete") complete(argv.slice(second === "--" ? 2 : 1), streams);
  else return false;
  return true;
}
