/** Colours of text. Not in text-table.ts: programs see the types there, and chalk's types need those of Node. */
import { Chalk, type ChalkInstance } from "chalk";

export const chalkFor = (color: "always" | "never"): ChalkInstance => new Chalk({ level: color === "always" ? 1 : 0 });
