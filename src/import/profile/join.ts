/** Joins the layers of a profile to those of a network that is in a model file. */
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import { firstNames } from "./first-names.ts";
import type { Profile, ProfileLayer } from "./profile.ts";

export interface Network {
  /** The model's name. */
  readonly name: string;
  /** As the written scenario names its file. */
  readonly path: string;
  readonly layerNames: readonly string[];
}

export interface JoinOptions {
  /** Left out: by name if any name is equal, or else by order. */
  readonly by?: "name" | "order";
  /** Layers of the network by names of the profile; undefined: the layer of the profile has no counterpart. */
  readonly map?: ReadonlyMap<string, string | undefined>;
  /** Layers that the profile does not name were fused into others, and cost nothing. */
  readonly fused?: boolean;
}

/** The profile with the layers of the network, in its order. Throws RequestError if they do not fit. */
export function joined(profile: Profile, network: Network, options: JoinOptions): Profile {
  if (profile.layers.length === 0) return profile;
  const targets = targetsOf(profile, network, options);
  const byName = new Map<string, ProfileLayer[]>();
  const lost: ProfileLayer[] = [];
  profile.layers.forEach((layer, i) => {
    const target = targets[i];
    if (target === undefined) lost.push(layer);
    else byName.set(target, [...(byName.get(target) ?? []), layer]);
  });
  const missing = network.layerNames.filter((name) => !byName.has(name));
  if (missing.length > 0 && !options.fused) {
    const known = `${profile.file} has no time of ${missing.length} of the ${network.layerNames.length} layers of ${network.name}: ${firstNames(missing)}`;
    throw new RequestError(
      `${known}. If they were fused into others, --fused gives them 0 ms; --map names layers otherwise`,
    );
  }
  const lostNs = lost.reduce((sum, { time }) => sum + time.meanNs, 0);
  return {
    ...profile,
    layers: network.layerNames.map((name) => merged(name, byName.get(name) ?? [], profile)),
    left: [
      ...profile.left,
      ...(lost.length === 0
        ? []
        : [
            {
              what: "layer of the profile",
              count: lost.length,
              why: `the map gives it no layer of ${network.name} (${lostNs / 1e6} ms)`,
            },
          ]),
      ...(missing.length === 0
        ? []
        : [
            {
              what: `layer of ${network.name} without a time`,
              count: missing.length,
              why: "fused into others, so it costs 0 ms (--fused)",
            },
          ]),
    ],
  };
}

/** The network's layer of each layer of the profile. */
function targetsOf(profile: Profile, network: Network, options: JoinOptions): readonly (string | undefined)[] {
  const { layers, file } = profile;
  const byPlainName = new Map(network.layerNames.map((name) => [plain(name), name]));
  const byName = layers.map(({ name }) => byPlainName.get(plain(name)));
  const by = options.by ?? (options.map !== undefined || byName.some((name) => name !== undefined) ? "name" : "order");
  if (by === "order") return inOrder(profile, network);
  const unknownTarget = [...(options.map?.values() ?? [])].find(
    (to) => to !== undefined && !network.layerNames.includes(to),
  );
  if (unknownTarget !== undefined)
    throw new RequestError(
      `--map: ${network.name} has no layer "${unknownTarget}"${didYouMean(unknownTarget, network.layerNames)}`,
    );
  const targets = layers.map(({ name }, i) => (options.map?.has(name) ? options.map.get(name) : byName[i]));
  checkRepeats(profile, targets, options);
  const unknown = layers.filter(({ name }, i) => targets[i] === undefined && !options.map?.has(name));
  if (unknown.length === 0) return targets;
  const names = firstNames(unknown.map(({ name }) => name));
  throw new RequestError(
    `${file}: ${unknown.length} layers are not in ${network.name}: ${names}. --map says what they are, --by order takes them in order`,
  );
}

/** Only a map may say that several layers of a profile are one; names that repeat by chance may not. */
function checkRepeats({ layers, file }: Profile, targets: readonly (string | undefined)[], { map }: JoinOptions): void {
  const seen = new Set<string>();
  layers.forEach(({ name }, i) => {
    const target = targets[i];
    if (target === undefined || map?.has(name)) return;
    if (seen.has(target))
      throw new RequestError(
        `${file}: several layers are called ${name}, as ${target} of the network; join by order, or say with --map that they are one`,
      );
    seen.add(target);
  });
}

function inOrder({ layers, file }: Profile, { name, layerNames }: Network): readonly string[] {
  if (layers.length === layerNames.length) return layerNames;
  throw new RequestError(
    `${file} has ${layers.length} layers and ${name} has ${layerNames.length}, so they cannot be joined by order; join by name, or with --map`,
  );
}

/** Tools write names in their own ways: brackets, indexes, separators. */
const plain = (name: string): string =>
  name
    .replace(/^\[(.*?)\](:\d+)?$/, "$1")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Several layers of a profile that are one of the network take their times together. */
function merged(name: string, parts: readonly ProfileLayer[], { runs }: Profile): ProfileLayer {
  const meanNs = parts.reduce((sum, { time }) => sum + time.meanNs, 0);
  const samples = parts.map(({ time }) => time.samplesNs);
  const isSampled = parts.length > 0 && samples.every((each) => each?.length === runs && runs > 1);
  const energies = parts.flatMap(({ energyPj }) => energyPj ?? []);
  const accelerator = parts[0]?.accelerator;
  return {
    name,
    time: {
      meanNs,
      ...(isSampled
        ? { samplesNs: samples[0]!.map((_, run) => samples.reduce((sum, each) => sum + each![run]!, 0)) }
        : {}),
    },
    ...(energies.length === parts.length && parts.length > 0
      ? { energyPj: energies.reduce((sum, pj) => sum + pj, 0) }
      : {}),
    ...(accelerator === undefined ? {} : { accelerator }),
  };
}
