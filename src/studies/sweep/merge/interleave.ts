/** Merges the points of all shards of a sweep into one file. */
import { OutputFile } from "../../../files/output-file.ts";
import { wholeLines } from "../../folder/file-lines.ts";
import type { SweepManifest } from "../folder/manifest.ts";
import { indexOfLine } from "../folder/point-line.ts";
import { sweepPaths } from "../folder/sweep-folder.ts";
import { shardOf } from "../plan/shard.ts";

/** Called as each point is written, or skipped because a sweep with a precision needs no more. */
export type PointsMerged = (merged: number, of: number) => void;

/** `shards`: all shards, finished, ordered by number. The index of a point determines its shard. */
export function interleave(
  shards: readonly { readonly path: string }[],
  manifest: SweepManifest,
  { path, pointsMerged }: { readonly path: string; readonly pointsMerged: PointsMerged },
): void {
  const heads = shards.map((shard) => new LineHead(wholeLines(sweepPaths(shard.path).points)));
  const numberOf = shardOf(manifest, shards.length);
  const file = new OutputFile(path);
  try {
    for (let index = 0; index < manifest.count; index += 1) {
      const head = heads[numberOf(index) - 1]!;
      if (head.index === index) file.write(`${head.take()}\n`);
      pointsMerged(index + 1, manifest.count);
    }
    if (heads.some(({ index }) => index !== undefined))
      throw new Error(`a shard of ${path} changed while it was being read`);
    file.finish();
  } finally {
    file.abandon();
    for (const head of heads) head.close();
  }
}

/** The next line of a finished shard. */
class LineHead {
  readonly #lines: Generator<string>;
  #text = "";
  /** Index of the line's point; undefined if there are no more lines. */
  index: number | undefined;

  constructor(lines: Generator<string>) {
    this.#lines = lines;
    this.take();
  }

  take(): string {
    const taken = this.#text;
    const { value, done } = this.#lines.next();
    this.#text = done === true ? "" : value;
    this.index = done === true ? undefined : indexOfLine(value);
    return taken;
  }

  close(): void {
    this.#lines.return(undefined);
  }
}
