/** What rtmm answers without its program: the version, help, and what a shell asks on Tab. */
import { readFileSync } from "node:fs";
import { helpFile } from "../files/package-folder.ts";
import { rtmmVersion } from "../records/version.ts";
import { complete } from "./completion/complete.ts";
import type { Streams } from "./streams.ts";

type Output = Pick<Streams, "stdout">;

/** Whether there was an answer to these words. */
export function answeredAtOnce(argv: readonly string[], streams: Output): boolean {
  const [first, second] = argv;
  const asksVersion = argv.length === 1 && (first === "--version" || first === "-V");
  if (asksVersion) streams.stdout.write(`${rtmmVersion}\n`);
  else if (first === "complete") complete(argv.slice(second === "--" ? 2 : 1), streams);
  else return false;
  return true;
}

/** Help by the names of its command, `import onnx`. */
export type HelpTexts = Readonly<Record<string, string>>;

/** The same for help, as it was written when rtmm was built. */
export function helpedAtOnce(argv: readonly string[], { stdout }: Output): boolean {
  const last = argv.at(-1);
  if (last !== "--help" && last !== "-h") return false;
  const texts = JSON.parse(readFileSync(helpFile, "utf8")) as HelpTexts;
  const names = argv.slice(0, -1).join(" ");
  if (!Object.hasOwn(texts, names)) return false;
  stdout.write(texts[names]!);
  return true;
}
