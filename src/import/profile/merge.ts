/** The profiles of one model, on one accelerator or several, as rows of a table. */
import { RequestError } from "../../input/request-error.ts";
import { fileName } from "../ids.ts";
import type { LeftOut } from "../imported.ts";
import { type MeasuredRow, type MeasuredTime, timeOf } from "../measured.ts";
import { firstNames } from "./first-names.ts";
import type { Profile, ProfileLayer } from "./profile.ts";

/** A profile with what it ran on. */
export interface PlacedProfile {
  readonly profile: Profile;
  /** For all of its layers; left out: what the file says. */
  readonly accelerator?: string;
}

export interface ModelRows {
  readonly rows: readonly MeasuredRow[];
  readonly left: readonly LeftOut[];
}

/** What nobody named. */
const unnamed = "device";

/** `layersWanted`: `none` makes the model one piece. */
export function rowsOf(
  title: string,
  placed: readonly PlacedProfile[],
  layersWanted: "as measured" | "none",
): ModelRows {
  const groups = byPlace(placed).map((group) => repeated(title, group));
  const [first, ...others] = groups;
  const namesOf = ({ layers }: Merged) => layers.map(({ name }) => name).join("\n");
  const isWhole = groups.some(({ layers }) => layers.length === 0);
  const areUnlike = others.some((each) => namesOf(each) !== namesOf(first!));
  const left = groups.flatMap((group) => group.left);
  if (layersWanted === "as measured" && !isWhole && !areUnlike) return { rows: groups.flatMap(layerRows), left };
  const layers = groups.reduce((sum, group) => sum + group.layers.length, 0);
  const why = layersWanted === "none" ? "the model is one piece (--whole)" : wholeReason(isWhole);
  const lost = layers === 0 ? [] : [{ what: `layer of ${title}`, count: layers, why }];
  return { rows: groups.flatMap((group) => wholeRows(title, group, groups.length)), left: [...left, ...lost] };
}

const wholeReason = (isWhole: boolean): string =>
  isWhole
    ? "one of its accelerators has only the whole time, so the model is one piece"
    : "its accelerators have other layers each, so the model is one piece";

/** One measurement, of which there may have been several. */
interface Merged {
  readonly layers: readonly (ProfileLayer & { readonly accelerator: string })[];
  readonly whole: MeasuredTime | undefined;
  readonly energyPj: number | undefined;
  /** Of the whole. */
  readonly accelerator: string;
  readonly left: readonly LeftOut[];
}

/** Profiles of the same accelerators are repetitions of one measurement. */
function byPlace(placed: readonly PlacedProfile[]): readonly (readonly PlacedProfile[])[] {
  const groups = new Map<string, PlacedProfile[]>();
  for (const each of placed) {
    const key = placesOf(each).join("\n");
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

const placesOf = ({ profile, accelerator }: PlacedProfile): readonly string[] =>
  accelerator !== undefined || profile.layers.length === 0
    ? [accelerator ?? profile.accelerator ?? unnamed]
    : [...new Set(profile.layers.map((layer) => layer.accelerator ?? unnamed))].sort();

function repeated(title: string, group: readonly PlacedProfile[]): Merged {
  const detailed = group.filter(({ profile }) => profile.layers.length > 0);
  const whole = group.filter(({ profile }) => profile.layers.length === 0);
  const [first] = detailed.length > 0 ? detailed : whole;
  const unused = detailed.length === 0 ? [] : whole;
  const used = detailed.length > 0 ? detailed : whole;
  for (const other of used.slice(1)) checkSame(title, first!, other);
  const accelerator = placesOf(first!)[0]!;
  return {
    layers: detailed.length === 0 ? [] : layersOf(detailed),
    whole: detailed.length > 0 ? undefined : timeOf(whole.flatMap(({ profile }) => samplesOf(profile.whole!))),
    energyPj: whole.length === 1 ? whole[0]!.profile.energyPj : undefined,
    accelerator,
    left: [
      ...group.flatMap(({ profile }) => profile.left),
      ...unused.map(({ profile }) => ({
        what: `whole time of ${title} on ${accelerator}`,
        count: profile.runs,
        why: "its layers have their own",
        first: { file: profile.file },
      })),
    ],
  };
}

const samplesOf = ({ samplesNs, meanNs }: MeasuredTime): readonly number[] => samplesNs ?? [meanNs];

function checkSame(title: string, { profile: a }: PlacedProfile, { profile: b }: PlacedProfile): void {
  const [namesA, namesB] = [a, b].map(({ layers }) => layers.map(({ name }) => name));
  if (namesA!.join("\n") === namesB!.join("\n")) return;
  const files =
    a.file === b.file
      ? `${fileName(a.file)} has two profiles`
      : `${fileName(a.file)} and ${fileName(b.file)} are profiles`;
  const extra = namesB!.filter((name) => !namesA!.includes(name));
  const which = extra.length === 0 ? "" : ` (${firstNames(extra, 3)} only in the second)`;
  throw new RequestError(
    `${files} of ${title} on the same accelerator, but with other layers${which}; say with --model and --accelerator what each of them is`,
  );
}

function layersOf(group: readonly PlacedProfile[]): Merged["layers"] {
  return group[0]!.profile.layers.map((layer, i) => {
    const own = group.map(({ profile }) => profile.layers[i]!);
    const energies = own.flatMap(({ energyPj }) => energyPj ?? []);
    return {
      name: layer.name,
      time: timeOf(own.flatMap(({ time }) => samplesOf(time))),
      accelerator: group[0]!.accelerator ?? layer.accelerator ?? unnamed,
      ...(energies.length < own.length ? {} : { energyPj: energies.reduce((sum, pj) => sum + pj, 0) / own.length }),
    };
  });
}

const layerRows = ({ layers }: Merged): readonly MeasuredRow[] =>
  layers.map(({ name, time, accelerator, energyPj }) => ({
    accelerator,
    layer: name,
    time,
    ...(energyPj === undefined ? {} : { energyPj }),
  }));

/** The sum of the layers, for each run if they have one. */
function wholeRows(title: string, group: Merged, groupCount: number): readonly MeasuredRow[] {
  const { layers, whole, accelerator, energyPj } = group;
  if (whole !== undefined) return [{ accelerator, time: whole, ...(energyPj === undefined ? {} : { energyPj }) }];
  const places = [...new Set(layers.map((layer) => layer.accelerator))];
  if (places.length > 1)
    throw new RequestError(
      `${title} was measured in parts on ${places.join(" and ")}${groupCount > 1 ? ", and elsewhere with other layers" : ""}; as one piece it needs one accelerator: --accelerator <id>=<file>`,
    );
  const samples = layers.map(({ time }) => time.samplesNs);
  const runs = samples[0]?.length ?? 0;
  const isSampled = runs > 1 && samples.every((each) => each?.length === runs);
  const meanNs = layers.reduce((sum, { time }) => sum + time.meanNs, 0);
  const totals = isSampled
    ? samples[0]!.map((_, run) => samples.reduce((sum, each) => sum + each![run]!, 0))
    : [meanNs];
  const energies = layers.flatMap((layer) => layer.energyPj ?? []);
  return [
    {
      accelerator: places[0]!,
      time: timeOf(totals),
      ...(energies.length < layers.length ? {} : { energyPj: energies.reduce((sum, pj) => sum + pj, 0) }),
    },
  ];
}
