/** Reads the artifact's workload files, networks with their layers: docs/references.md#maestro-text-formats. */

import type { Reporter } from "../reporter.ts";
import { checkDependencies } from "./dependencies.ts";
import { ignoredSizes, layerWords, type MaestroLayer, readLayer } from "./layer.ts";
import type { MaestroNetwork } from "./network.ts";
import { type Handlers, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

/** As in rtmm's scenarios. */
const highestFps = 1_000_000;

const networkWords = ["FPS", "Probability", "Dependency", "Layer"];
const enclosing = ["Network", ...networkWords];

/** The networks of a workload file, in its order. A value that cannot be read is a problem; a default replaces it. */
export function readMaestroWorkload(text: string, reporter: Reporter): readonly MaestroNetwork[] {
  const reader = new TokenReader(text, reporter, [...enclosing, ...layerWords]);
  const networks: MaestroNetwork[] = [];
  reader.blocks({
    Network: (keyword) => {
      networks.push(readNetwork(reader, keyword, networks.length));
    },
  });
  for (const network of networks) checkNetwork(network, reporter);
  checkTwins(networks, reporter);
  checkDependencies(networks, reporter);
  return networks;
}

function readNetwork(reader: TokenReader, keyword: Token, index: number): MaestroNetwork {
  const at = reader.name(keyword) ?? { ...keyword, text: `network${index + 1}` };
  const read = { fps: 0, probability: 1, dependencies: [] as Token[], layers: [] as MaestroLayer[] };
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
      read.layers.push(readLayer(reader, word, enclosing, read.layers.length));
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

function checkTwins(networks: readonly MaestroNetwork[], reporter: Reporter): void {
  const first = new Map<string, MaestroNetwork>();
  for (const network of networks) {
    const { name, at } = network;
    const twin = first.get(name);
    if (twin === undefined) first.set(name, network);
    else reporter.report(at, "DUPLICATE_ID", `the network ${name} is already in line ${twin.at.line}`);
  }
}

/** Of the pieces of a hyphenated name the last one counts. */
function readNames(reader: TokenReader, keyword: Token): Token[] {
  const names: Token[] = [];
  reader.block(keyword, enclosing, (token) => {
    if (token.text === "{") return reader.report(token, "UNKNOWN_KEY", 'unexpected "{" in Dependency');
    if (token.continuesName) names.pop();
    names.push(token);
  });
  return names;
}
