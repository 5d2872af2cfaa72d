/** points.jsonl, whatever has happened to it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lineOf, type PointRecord, recordFrom, recordOf } from "../../../src/studies/sweep/folder/point-line.ts";
import { PointsFile, pointRecords } from "../../../src/studies/sweep/folder/points-file.ts";
import { folderWith } from "../../cli/call.ts";
import { fakeOutcome } from "./fake-plan.ts";

const point = (index: number): PointRecord => recordOf(fakeOutcome(index), { seed: index });
const failure = (index: number): PointRecord => ({
  index,
  coordinates: { seed: index },
  error: { kind: "crash", message: "gone" },
});

/** A file with this content, opened for a plan of ten points. */
function opened(text: string) {
  const path = join(folderWith({ "points.jsonl": text }), "points.jsonl");
  return { path, file: new PointsFile(path, 10), text: () => readFileSync(path, "utf8") };
}

test("a point is in the file as soon as it is appended", () => {
  const { file, text } = opened("");
  file.append(point(3));
  expect(text()).toBe(lineOf(point(3)));
  file.append(point(1));
  expect(text()).toBe(lineOf(point(3)) + lineOf(point(1)));
  expect(file.done).toBe(2);
});

test("a torn last line is cut off, and its point is missing", () => {
  const { file, text } = opened(lineOf(point(0)) + lineOf(point(1)).slice(0, -20));
  expect([file.unreadable, file.isDone(0), file.isDone(1)]).toEqual([1, true, false]);
  file.append(point(2));
  expect(text()).toBe(lineOf(point(0)) + lineOf(point(2)));
});

test("a last line that lacks only its line end is torn too", () => {
  const { file } = opened(lineOf(point(0)).trimEnd());
  expect([file.unreadable, file.isDone(0)]).toEqual([1, false]);
});

test("lines that are no points of this plan are left out when the file is put in order", () => {
  const { file, text } = opened(`nonsense\n${lineOf(point(0))}${lineOf(point(11))}{"index":-1}\n`);
  expect([file.unreadable, file.done]).toEqual([3, 1]);
  file.putInOrder();
  expect(text()).toBe(lineOf(point(0)));
});

test("of two lines of a point the result counts, or else the later one", () => {
  const { file, text } = opened(lineOf(failure(2)) + lineOf(point(2)) + lineOf(failure(2)) + lineOf(failure(1)));
  expect([file.done, file.failed]).toEqual([1, 1]);
  file.putInOrder();
  expect(text()).toBe(lineOf(failure(1)) + lineOf(point(2)));
});

test("a point that failed is not done", () => {
  const { file } = opened(lineOf(failure(2)));
  expect([file.isDone(2), file.failed]).toEqual([false, 1]);
});

test("what comes after the file was closed is not kept", () => {
  const { file, text } = opened("");
  file.close();
  file.append(point(1));
  expect(text()).toBe("");
});

test("a file in order is left as it is", () => {
  const text = lineOf(point(0)) + lineOf(point(5));
  const file = opened(text);
  // Put in order, it would be a new file without this.
  file.file.putInOrder();
  expect(file.text()).toBe(text);
  expect([...pointRecords(file.path)].map(({ index }) => index)).toEqual([0, 5]);
});

test("lines longer than what is read at once come back whole", () => {
  const long: PointRecord = { index: 4, coordinates: {}, error: { kind: "internal", message: "ö".repeat(400_000) } };
  const { file, path } = opened(lineOf(point(9)) + lineOf(long) + lineOf(point(1)));
  file.putInOrder();
  expect([...pointRecords(path)]).toEqual([point(1), long, point(9)]);
});

test("a line keeps metrics of the run, its tasks and accelerators, and warnings only where there are some", () => {
  const [with3, without] = [recordFrom(lineOf(point(3))), recordFrom(lineOf(point(4)))];
  expect(with3).toMatchObject({
    index: 3,
    coordinates: { seed: 3 },
    tasks: [{ id: "t", model: "m", energyMj: 3 }],
    accelerators: [{ id: "npu", utilisation: 0.5 }],
    warnings: ["few jobs of größe 3"],
  });
  expect(without).not.toHaveProperty("warnings");
  expect(lineOf(point(3))).not.toContain("curves");
});

test("a line that is no point is reported, with what mends it", () => {
  const path = join(folderWith({}), "points.jsonl");
  writeFileSync(path, "nonsense\n");
  expect(() => [...pointRecords(path)]).toThrow("has a line that is no point: mend it with `rtmm sweep --resume`");
});
