/** Declares tracks when they are first used. */
import type { RecordSink, Track, TrackGroup } from "./trace-record.ts";

export class Tracks {
  readonly #sink: RecordSink;
  readonly #declared = new Map<string, Track>();

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** The track of that place in its group. Its name and unit count the first time. */
  at(group: TrackGroup, rank: number, name: string, unit?: string): Track {
    const key = `${group} ${rank}`;
    const known = this.#declared.get(key);
    if (known !== undefined) return known;
    const track = { id: this.#declared.size + 1, name, group, rank, ...(unit !== undefined && { unit }) };
    this.#declared.set(key, track);
    this.#sink({ kind: "track", track });
    return track;
  }
}
