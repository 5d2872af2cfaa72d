/** Charts of timelines, one drawn by hand. */
import stripAnsi from "strip-ansi";
import { describe, expect, test } from "vitest";
import type { Slice, Timeline } from "../../src/records/timeline.ts";
import { markdown, plain, table } from "./timeline-formats.ts";

const ms = (value: number): number => Math.round(value * 1e6);

/** `[task, accelerator, lane, from, to]`, ms, on one unit. */
const slice = ([taskIndex, acceleratorIndex, lane, from, to]: readonly [
  number,
  number,
  number,
  number,
  number,
]): Slice => ({
  ...{ taskIndex, jobIndex: 0, acceleratorIndex, lane, units: 1 },
  ...{ startNs: ms(from), endNs: ms(to) },
});

const tiny: Timeline = {
  scenario: "tiny",
  fromNs: 0,
  toNs: ms(25),
  tasks: [
    { id: "camera", jobs: 4 },
    { id: "detect", jobs: 3 },
    { id: "cloud", jobs: 1 },
    { id: "absent", jobs: 0 },
  ],
  accelerators: [
    { id: "npu", units: 1 },
    { id: "pool", units: 2 },
  ],
  slices: (
    [
      [0, 0, 0, 0, 2.5], // The last column is busy for half of it.
      [1, 0, 0, 5.6, 8],
      [2, 0, 0, 10, 10.3], // Most of its column, which is busy for half of it with the next one.
      [1, 0, 0, 10.3, 10.5],
      [2, 0, 0, 12, 12.2], // As much as the next one, whose task comes first in the file.
      [0, 0, 0, 12.5, 12.7],
      [1, 1, 0, 0, 10],
      [0, 1, 1, 4, 6.5],
    ] as const
  ).map(slice),
  misses: [
    { taskIndex: 1, jobIndex: 0, timeNs: 0, kind: "dropped" },
    { taskIndex: 0, jobIndex: 0, timeNs: ms(2.5), kind: "late" },
    { taskIndex: 0, jobIndex: 1, timeNs: ms(3), kind: "dropped" },
    { taskIndex: 1, jobIndex: 1, timeNs: ms(10), kind: "late" },
  ],
};

/** Worked by hand: 30 columns have room for 25 of 1 ms. Three units are there for 75 ms. */
test("a chart has a row for each lane, capital letters from half a column on, and marks where jobs missed", () => {
  expect(table.render(tiny, { ...plain, width: 40 })).toBe(`\
Timeline of tiny, 0 to 25 ms

ms        0         10        20
          |---------|---------|----
npu       CCC..dDD..L.c............
pool/0    DDDDDDDDDD...............
pool/1    ....CCC..................
pool use  5555##8555...............

camera      #
detect    x        !

key  task    jobs  late  dropped  busy %
C    camera     4     1        1   6.933
D    detect     3     1        1   16.80
L    cloud      1     0        0  0.6667

A column is 1 ms; capital letter: busy
for at least half of it; small letter:
for less; .: idle; use: busy units from
1 (few) to # (all); !: completed late;
x: dropped; #: both`);
});

test("a terminal with more than ASCII shows idle time, axis and busy units with finer marks, and the same letters", () => {
  const lines = table.render(tiny, { ...plain, symbols: "unicode", width: 40 }).split("\n");
  expect(lines.slice(3, 8)).toEqual([
    "          ├─────────├─────────├────",
    "npu       CCC··dDD··L·c············",
    "pool/0    DDDDDDDDDD···············",
    "pool/1    ····CCC··················",
    "pool use  ▄▄▄▄██▆▄▄▄···············",
  ]);
});

test("colours change nothing but colours: letters on their task's colour, misses red", () => {
  const coloured = table.render(tiny, { ...plain, width: 40, color: "always" });
  expect(stripAnsi(coloured)).toBe(table.render(tiny, { ...plain, width: 40 }));
  expect(coloured).toContain("\u001B[36m\u001B[7mCCC\u001B[27m\u001B[39m");
  expect(coloured).toContain("\u001B[33md\u001B[39m");
  expect(coloured).toContain("\u001B[31m  #\u001B[39m");
});

test("Markdown has the chart in a block of text, never coloured, and the legend as a table", () => {
  const text = markdown.render(tiny, { ...plain, color: "always", width: 40 });
  expect(stripAnsi(text)).toBe(text);
  expect(text.split("\n").slice(0, 5)).toEqual([
    "### Timeline of tiny, 0 to 25 ms",
    "",
    "```text",
    "ms        0         10        20",
    "          |---------|---------|----",
  ]);
  expect(text).toContain("\n```\n\n| key | task | jobs | late | dropped | busy % |\n");
  expect(text).toContain("\n| D | detect | 3 | 1 | 1 | 16.80 |");
});

test("a window in which nothing happens says so", () => {
  const idle = { ...tiny, slices: [], misses: [], tasks: [{ id: "camera", jobs: 0 }] };
  const text = table.render(idle, plain);
  expect(text).toContain("\n\nNo task has a job in this window.\n\n");
  expect(text).toMatch(/^npu {7}\.+$/m);
  expect(text).not.toContain("!");
});

test("a window with more misses than a call has arguments is drawn", () => {
  const misses = Array.from({ length: 300_000 }, (_, i) => ({ ...tiny.misses[1]!, jobIndex: i }));
  expect(table.render({ ...tiny, misses }, plain)).toMatch(/^C {4}camera +4 +300000 +0 /m);
});

describe("letters", () => {
  const timelineOf = (ids: readonly string[]): Timeline => ({
    ...tiny,
    tasks: ids.map((id) => ({ id, jobs: 1 })),
    accelerators: [{ id: "npu", units: 1 }],
    slices: ids.map((_, i) => slice([i, 0, 0, i / 10, (i + 1) / 10 - i / 1000])),
    misses: [],
  });
  const keysOf = (ids: readonly string[]): string[] =>
    table
      .render(timelineOf(ids), plain)
      .split("\n\n")[2]!
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/ {2,}/, " ").split(/ {2,}/)[0]!);

  test("are the first free ones of the names, then of the alphabet", () => {
    expect(keysOf(["ht", "hat", "ta", "tt", "-1"])).toEqual(["H ht", "A hat", "T ta", "B tt", "C -1"]);
  });

  test("belong to the 26 busiest tasks; the others share a star", () => {
    const keys = keysOf(Array.from({ length: 30 }, (_, i) => `t${i}`));
    // The slices get shorter from task to task.
    expect(keys).toHaveLength(27);
    expect(new Set(keys.map((key) => key[0])).size).toBe(27);
    expect(keys.at(-1)).toBe("* 4 other tasks");
    expect(keys.at(-2)).toContain(" t25");
  });
});

describe("ticks", () => {
  const axisOf = (fromNs: number, toNs: number, width = 80): readonly string[] =>
    table
      .render({ ...tiny, fromNs, toNs, slices: [], misses: [] }, { ...plain, width })
      .split("\n")
      .slice(2, 4);

  test("are ten columns apart, at round steps from the start of the window", () => {
    expect(axisOf(ms(33), ms(133))).toEqual([
      "ms        33        48        63        78        93        108       123",
      "          |---------|---------|---------|---------|---------|---------|------",
    ]);
  });

  test("without room for their time have none", () => {
    expect(axisOf(1234567891, 1234567951)[0]!.trim().split(/ +/)).toEqual([
      ...["ms", "1234.567891", "1234.567911", "1234.567931"],
    ]);
  });
});

test("long names are cut in the middle, in ASCII where nothing else is shown", () => {
  const long = { id: "accelerator-with-a-long-name", units: 1 };
  const line = (symbols: "ascii" | "unicode") =>
    table.render({ ...tiny, accelerators: [long, tiny.accelerators[1]!] }, { ...plain, symbols }).split("\n")[4]!;
  expect(line("ascii").slice(0, 21)).toBe("accelerat~ong-name  C");
  expect(line("unicode").slice(0, 21)).toBe("accelerat…ong-name  C");
});
