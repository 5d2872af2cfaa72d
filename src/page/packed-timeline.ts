/** A timeline as text for a page: columns of differences, which compress well. 100 000 slices take about 0.5 MB. */
import type { JobColumns, RunTimeline, SliceColumns } from "../records/run-timeline.ts";
import { NumberReader, NumberWriter } from "./number-bytes.ts";
import { packed, unpacked } from "./packed.ts";

export interface PackedTimeline extends Pick<RunTimeline, "fromNs" | "toNs" | "isCut" | "tasks" | "lanes"> {
  readonly jobs: number;
  readonly slices: number;
  readonly data: string;
}

export async function packTimeline({ jobs, slices, ...rest }: RunTimeline): Promise<PackedTimeline> {
  const writer = new NumberWriter();
  writeJobs(jobs, writer);
  writeSlices(slices, writer);
  return { ...rest, jobs: jobs.endNs.length, slices: slices.startNs.length, data: await packed(writer.bytes) };
}

export async function unpackTimeline(timeline: PackedTimeline): Promise<RunTimeline> {
  const { data, jobs, slices, ...rest } = timeline;
  const reader = new NumberReader(await unpacked(data));
  return {
    ...rest,
    jobs: readJobs(jobs, reader),
    slices: readSlices(slices, rest.lanes.length, reader),
  };
}

function writeJobs(jobs: JobColumns, writer: NumberWriter): void {
  const { taskIndex, jobIndex, releaseNs, frameReleaseNs, deadlineNs, endNs, outcome, energyMj } = jobs;
  const rows = endNs.length;
  writeDifferences(taskIndex, writer);
  writeDifferences(jobIndex, writer);
  writeDifferences(frameReleaseNs, writer);
  for (let row = 0; row < rows; row += 1) writer.write(releaseNs[row]! - frameReleaseNs[row]!);
  for (let row = 0; row < rows; row += 1) writer.write(relativeDeadline(deadlineNs[row]!, frameReleaseNs[row]!));
  for (let row = 0; row < rows; row += 1) writer.write(endNs[row]! - frameReleaseNs[row]!);
  for (let row = 0; row < rows; row += 1) writer.write(outcome[row]!);
  for (const bits of new Uint32Array(energyMj.buffer, energyMj.byteOffset, rows)) writer.write(bits);
}

const NO_DEADLINE = -1;

/** A deadline before the release of the frame is possible only by hand. */
const relativeDeadline = (deadlineNs: number, frameReleaseNs: number): number => {
  if (deadlineNs === Infinity) return NO_DEADLINE;
  const relativeNs = deadlineNs - frameReleaseNs;
  return relativeNs <= NO_DEADLINE ? relativeNs - 1 : relativeNs;
};

function absoluteDeadline(written: number, frameReleaseNs: number): number {
  if (written === NO_DEADLINE) return Infinity;
  return frameReleaseNs + (written < NO_DEADLINE ? written + 1 : written);
}

function readJobs(rows: number, reader: NumberReader): JobColumns {
  const taskIndex = readDifferences(rows, reader);
  const jobIndex = readDifferences(rows, reader);
  const frameReleaseNs = readDifferences(rows, reader);
  const numbers = (): Float64Array => Float64Array.from({ length: rows }, () => reader.read());
  return {
    taskIndex: Uint16Array.from(taskIndex),
    jobIndex,
    frameReleaseNs,
    releaseNs: numbers().map((afterNs, row) => frameReleaseNs[row]! + afterNs),
    deadlineNs: numbers().map((written, row) => absoluteDeadline(written, frameReleaseNs[row]!)),
    endNs: numbers().map((afterNs, row) => frameReleaseNs[row]! + afterNs),
    outcome: Uint8Array.from(numbers()),
    energyMj: new Float32Array(Uint32Array.from(numbers()).buffer),
  };
}

function writeSlices(slices: SliceColumns, writer: NumberWriter): void {
  const { laneStart, startNs, endNs, job, firstLayer, lastLayer, units } = slices;
  const rows = startNs.length;
  const first = new Set(laneStart);
  writeDifferences(laneStart, writer);
  for (let row = 0; row < rows; row += 1) writer.write(startNs[row]! - (first.has(row) ? 0 : endNs[row - 1]!));
  for (let row = 0; row < rows; row += 1) writer.write(endNs[row]! - startNs[row]!);
  writeDifferences(job, writer);
  for (let row = 0; row < rows; row += 1) writer.write(firstLayer[row]!);
  for (let row = 0; row < rows; row += 1) writer.write(lastLayer[row]! - firstLayer[row]!);
  for (let row = 0; row < rows; row += 1) writer.write(units[row]!);
}

function readSlices(rows: number, lanes: number, reader: NumberReader): SliceColumns {
  const laneStart = Uint32Array.from(readDifferences(lanes + 1, reader));
  const first = new Set(laneStart);
  const numbers = (): Float64Array => Float64Array.from({ length: rows }, () => reader.read());
  const startNs = numbers();
  const endNs = numbers();
  for (let row = 0; row < rows; row += 1) {
    if (!first.has(row)) startNs[row]! += endNs[row - 1]!;
    endNs[row]! += startNs[row]!;
  }
  const job = Uint32Array.from(readDifferences(rows, reader));
  const firstLayer = Uint32Array.from(numbers());
  const lastLayer = Uint32Array.from(numbers()).map((layers, row) => firstLayer[row]! + layers);
  return { laneStart, startNs, endNs, job, firstLayer, lastLayer, units: Uint16Array.from(numbers()) };
}

function writeDifferences(values: ArrayLike<number>, writer: NumberWriter): void {
  for (let row = 0; row < values.length; row += 1) writer.write(values[row]! - (row === 0 ? 0 : values[row - 1]!));
}

function readDifferences(rows: number, reader: NumberReader): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) values[row] = reader.read() + (row === 0 ? 0 : values[row - 1]!);
  return values;
}
