/** What a trace file holds: the timeline of a run, whatever its format. Times are whole ns from the start of the run. */

export type TraceRecord =
  | { readonly kind: "track"; readonly track: Track }
  | ({ readonly kind: "begin" } & SliceStart)
  | { readonly kind: "end"; readonly track: Track; readonly ns: number; readonly details: Details }
  | ({ readonly kind: "slice"; readonly endNs: number } & SliceStart)
  | {
      readonly kind: "instant";
      readonly track: Track;
      readonly name: string;
      readonly ns: number;
      readonly details: Details;
    }
  | { readonly kind: "counter"; readonly track: Track; readonly ns: number; readonly value: number };

/** A row of the timeline. A record of it precedes everything on it. Slices of one track nest. */
export interface Track {
  /** From 1; unique in the file. */
  readonly id: number;
  readonly name: string;
  readonly group: TrackGroup;
  /** Its place in its group, the least on top. */
  readonly rank: number;
  /** Of a counter. */
  readonly unit?: string;
}

/** In the order in which they are shown. */
export const trackGroups = ["accelerators", "counters", "tasks"] as const;
export type TrackGroup = (typeof trackGroups)[number];

export interface SliceStart {
  readonly track: Track;
  readonly name: string;
  /** The task whose colour it has. */
  readonly taskIndex: number;
  readonly ns: number;
  readonly details: Details;
  /** Arrows that end at its start; left out: none. */
  readonly arrows?: readonly Arrow[];
}

/** From a slice that has ended to the one that it belongs to. */
export interface Arrow {
  /** From 1; unique in the file. */
  readonly id: number;
  readonly name: string;
  readonly from: SlicePoint;
}

/** A time within a slice of a track. */
export interface SlicePoint {
  readonly track: Track;
  readonly ns: number;
}

/** Shown when a slice or an instant is selected. What is undefined or NaN is left out. */
export type Details = Readonly<Record<string, string | number | boolean | undefined>>;

/** Those of them that have a value. */
export const knownDetails = (details: Details): readonly (readonly [string, string | number | boolean])[] =>
  Object.entries(details).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== undefined && !Number.isNaN(entry[1]),
  );

/** Gets records as the run makes them. Those of one track come in the order of their starts. */
export type RecordSink = (record: TraceRecord) => void;
