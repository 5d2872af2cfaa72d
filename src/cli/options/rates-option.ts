/** `--fps` of imports that write a scenario, and how it is called. */
import type { Command } from "commander";
import { type Rates, ratesOf } from "../../import/index.ts";
import { listed } from "./run-options.ts";

export interface RatesOptions {
  readonly fps?: readonly string[];
  readonly name?: string;
}

export const declareRates = (declaration: Command): Command =>
  declaration
    .option("--fps <rate|model=rate,…>", "write a scenario that runs the models at these rates", listed)
    .option("--name <name>", "what the scenario is called (default: the folder of -o)");

/** Undefined without `--fps`. Throws RequestError. */
export const ratesFrom = ({ fps }: RatesOptions): { readonly rates?: Rates } =>
  fps === undefined ? {} : { rates: ratesOf(fps) };

/** The name that was given, or else that of the folder. */
export const nameFrom = ({ name, out }: RatesOptions & { readonly out?: string }): { readonly name?: string } => {
  const folder = out?.replace(/[/\\]+$/, "").replace(/^.*[/\\]/, "");
  const called = name ?? (folder === undefined || /^\.*$/.test(folder) ? undefined : folder);
  return called === undefined ? {} : { name: called };
};
