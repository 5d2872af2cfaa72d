/** Decides whether a stream gets colour. `--color` wins, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
import type { OutputStream, Streams } from "./streams.ts";

export type ColorOption = "auto" | "always" | "never";
export type Color = "always" | "never";

export function colorOf(stream: OutputStream, env: Streams["env"], option: ColorOption): Color {
  if (option !== "auto") return option;
  if (isSet(env.NO_COLOR)) return "never";
  if (env.FORCE_COLOR !== undefined) return isOff(env.FORCE_COLOR) ? "never" : "always";
  return stream.isTTY === true && env.TERM !== "dumb" ? "always" : "never";
}

/** As no-color.org defines it: the variable exists and is not empty. */
const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";
const isOff = (value: string): boolean => value === "0" || value === "false";
