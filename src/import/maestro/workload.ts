/** Reads the artifact's workload files, networks with their layers: docs/references.md#maestro-text-formats. */

import type { Reporter } from "../reporter.ts";
import { checkDependencies } from "./dependencies.ts";
import { ignoredSizes, layerWords, readLayer } from "./layer.ts";
import type { MaestroNetwork, ScheduledNetwork } from "./network.ts";
import { type Handlers, joined, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

/** As in rtmm's scenarios. */
const highestFps = 1_000_000;

/** Words of networks: none of them is inside a layer. */
export const networkWords = ["Network", "FPS", "Probability", "Dependency", "Layer"];

/** The networks of a workload file, in its order. A value that cannot be read is a problem; a default replaces it. */
export function readMaestroWorkload(text: string, reporter: Reporter): readonly MaestroNetwork[] {
  const reader = new TokenReader(text, reporter, [...networkWords, ...layerWords]);
  const networks: MaestroNetwork[] = [];
  reader.blocks({
    Network: (keyword) => {
      networks.push(readNetwork(reader, keyword, networks.length, readLayer));
    },
  });
  for (const network of networks) checkNetwork(network, reporter);
  checkTwins(networks, reporter);
  checkDependencies(networks, reporter);
  return networks;
}

/** Reads the layer whose keyword has been read; it ends before any of the words `enclosing`. */
export type ReadLayer<L> = (reader: TokenReader, keyword: Token, enclosing: readonly string[], index: number) => L;

export function readNetwork<L>(
  reader: TokenReader,
  keyword: Token,
  index: number,
  layerReader: ReadLayer<L>,
): ScheduledNetwork & { readonly layers: readonly L[] } {
  const at = reader.name(keyword) ?? { ...keyword, text: `network${index + 1}` };
  const read = { fps: 0, probability: 1, dependencies: [] as Token[], layers: [] as L[] };
  const handlers: Handlers = {
    FPS: (word) => {
      read.fps = reader.whole(word, highestFps) ?? 1;
    },
    Probability: (word) => {
      read.probability = reader.share(word) ?? 1;
    },
    Dependency: (word) => {
      read.dependencies.push(...readNames(reader, word));
    },
    Layer: (word) => {
      read.layers.push(layerReader(reader, word, networkWords, read.layers.length));
    },
  };
  reader.block(keyword, ["Network"], (token) => reader.dispatch(token, handlers, "a Network"));
  return { name: at.text, at, ...read };
}

function checkNetwork({ name, at, fps, layers }: MaestroNetwork, reporter: Reporter): void {
  if (fps === 0) reporter.report(at, "MISSING_KEY", `the network ${name} needs an FPS`);
  if (layers.length === 0) reporter.report(at, "MISSING_KEY", `the network ${name} has no Layer`);
  const ignoring = layers.filter((layer) => ignoredSizes(layer).length > 0).length;
  if (ignoring === 0) return;
  const message = `${ignoring} of ${layers.length} layers of ${name} have a stride or N, which the artifact ignores`;
  reporter.warn(at, "NO_EFFECT", `${message}; they are kept as comments`);
}

export function checkTwins(networks: readonly ScheduledNetwork[], reporter: Reporter): void {
  const first = new Map<string, ScheduledNetwork>();
  for (const network of networks) {
    const { name, at } = network;
    const twin = first.get(name);
    if (twin === undefined) first.set(name, network);
    else reporter.report(at, "DUPLICATE_ID", `the network ${name} is already in line ${twin.at.line}`);
  }
}

/** Of the pieces of a hyphenated name the last one counts, unless the reader keeps names whole. */
function readNames(reader: TokenReader, keyword: Token): Token[] {
  const names: Token[] = [];
  reader.block(keyword, networkWords, (token) => {
    if (token.text === "{") return reader.report(token, "UNKNOWN_KEY", 'unexpected "{" in Dependency');
    const before = token.continuesName ? names.pop() : undefined;
    names.push(before === undefined || !reader.keepsNames ? token : joined(before, token));
  });
  return names;
}
