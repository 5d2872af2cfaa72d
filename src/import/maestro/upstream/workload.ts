/** Reads MAESTRO's own models and mappings: networks with their layers, and constants. docs/import.md#maestro-and-xrbench */
import type { Reporter } from "../../reporter.ts";
import { checkDependencies } from "../dependencies.ts";
import type { ScheduledNetwork } from "../network.ts";
import { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { checkTwins, networkWords, readNetwork } from "../workload.ts";
import { withoutComments } from "./comments.ts";
import { layerWords, readUpstreamLayer, type UpstreamLayer } from "./layer.ts";
import { readMapping, type WrittenDirective } from "./mapping.ts";

export interface UpstreamNetwork extends ScheduledNetwork {
  readonly layers: readonly UpstreamLayer[];
}

const style = { braces: "free", names: "whole" } as const;

/** The networks of a file, in its order. A value that cannot be read is a problem; a default replaces it. */
export function readUpstreamWorkload(text: string, reporter: Reporter): readonly UpstreamNetwork[] {
  const reader = readerOf(text, reporter);
  const networks: UpstreamNetwork[] = [];
  reader.blocks({
    Network: (keyword) => {
      networks.push(readNetwork(reader, keyword, networks.length, readUpstreamLayer));
    },
    Constant: (keyword) => readConstant(reader, keyword),
  });
  for (const { name, at, layers } of networks)
    if (layers.length === 0) reporter.report(at, "MISSING_KEY", `the network ${name} has no Layer`);
  checkTwins(networks, reporter);
  checkRates(networks, reporter);
  return networks;
}

export interface UpstreamDataflow {
  /** The `Dataflow` keyword. */
  readonly at: Token;
  readonly directives: readonly WrittenDirective[];
}

/** The blocks of a file that has only dataflows, in its order. */
export function readUpstreamDataflows(text: string, reporter: Reporter): readonly UpstreamDataflow[] {
  const reader = readerOf(text, reporter);
  const dataflows: UpstreamDataflow[] = [];
  reader.blocks({
    Dataflow: (keyword) => {
      dataflows.push({ at: keyword, directives: readMapping(reader, keyword, ["Dataflow"]) });
    },
    Constant: (keyword) => readConstant(reader, keyword),
  });
  return dataflows;
}

function readerOf(text: string, reporter: Reporter): TokenReader {
  return new TokenReader(withoutComments(text), reporter, ["Constant", ...networkWords, ...layerWords], style);
}

function readConstant(reader: TokenReader, keyword: Token): void {
  const name = reader.anyWord(keyword);
  const value = name && reader.whole(keyword);
  if (name !== undefined && value !== undefined) reader.define(name.text, value);
}

/** A file has rates for all of its networks, or for none. */
function checkRates(networks: readonly UpstreamNetwork[], reporter: Reporter): void {
  if (!isScheduled(networks)) return;
  for (const { name, at, fps } of networks)
    if (fps === 0)
      reporter.report(at, "MISSING_KEY", `the network ${name} needs an FPS, as other networks of the file have`);
  if (reporter.errorCount === 0) checkDependencies(networks, reporter);
}

/** Whether the networks make a scenario. */
export const isScheduled = (networks: readonly ScheduledNetwork[]): boolean =>
  networks.some(({ fps, dependencies }) => fps > 0 || dependencies.length > 0);
