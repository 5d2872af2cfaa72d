/** Decides whether charts on a stream have characters beyond ASCII: on a terminal that shows them. */
import type { OutputStream, Streams } from "./streams.ts";

/** Off a terminal ASCII, so that a command writes the same bytes everywhere. */
export function symbolsFor({ isTTY }: OutputStream, env: Streams["env"]): "ascii" | "unicode" {
  // The Linux console has glyphs for few characters.
  if (isTTY !== true || env.TERM === "dumb" || env.TERM === "linux") return "ascii";
  return isUtf8(env) || isModernWindows(env) ? "unicode" : "ascii";
}

/** The first of these that is set decides, as POSIX says. */
const isUtf8 = ({ LC_ALL, LC_CTYPE, LANG }: Streams["env"]): boolean =>
  /utf-?8/i.test([LC_ALL, LC_CTYPE, LANG].find((each) => each !== undefined && each !== "") ?? "");

/** Windows has no locale in its environment; Windows Terminal and the terminal of VS Code are UTF-8. */
const isModernWindows = ({ WT_SESSION, TERM_PROGRAM, OS }: Streams["env"]): boolean =>
  OS === "Windows_NT" && (WT_SESSION !== undefined || TERM_PROGRAM === "vscode");
