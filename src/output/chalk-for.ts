/** Colours of text. Apart from text-table.ts, whose types programs see: those of chalk need Node's. */
import { Chalk, type ChalkInstance } from "chalk";

export const chalkFor = (color: "always" | "never"): ChalkInstance => new Chalk({ level: color === "always" ? 1 : 0 });
