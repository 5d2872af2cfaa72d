/** Smart frame drop: each clause in a world of its own. */
import { describe, expect, test } from "vitest";
import { dreamSmartdrop } from "../../../src/schedulers/dream/dream-smartdrop.ts";
import { run, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

const ends = (world: SmallWorld, given = {}) => run(world, dreamSmartdrop, given).ends;
const dropped = (world: SmallWorld, given = {}) => ends(world, given).filter(([, , how]) => how === "policy");

/** Both need 50 ns: a has 40, b 45. */
const hopelessPair: readonly SmallTask[] = [
  { id: "b", layersNs: [50], deadlineNs: 45 },
  { id: "a", layersNs: [50], deadlineNs: 40 },
];

test("a drop is explained by what each hopeless job needs of its slack", () => {
  const calm: SmallTask = { id: "calm", layersNs: [10], deadlineNs: 90 };
  const [drop, run] = explained({ tasks: [...hopelessPair, calm] }, dreamSmartdrop);
  expect(drop).toEqual({
    said: [0, "drop a", "smart frame drop: 2 hopeless jobs wait"],
    candidates: [
      ["a", 1.25, { minToGoNs: 50, slackNs: 40 }],
      ["b", 1.11111, { minToGoNs: 50, slackNs: 45 }],
    ],
  });
  // The dropped one takes no part any more.
  expect(run!.candidates.map(([pair]) => pair)).toEqual(["b on a0", "calm on a0"]);
});

describe("a job is dropped", () => {
  test("where two cannot meet their deadlines: the one that needs most of its slack, before the first layer", () => {
    // a: 50 / 40, b: 50 / 45.
    expect(ends({ tasks: hopelessPair })).toEqual([
      [0, "a#0", "policy"],
      [50, "b#0", "done"],
    ]);
  });
  test("not where one alone cannot", () => {
    const calm: SmallTask = { id: "b", layersNs: [50], deadlineNs: 50 };
    expect(dropped({ tasks: [calm, hopelessPair[1]!] })).toEqual([]);
  });
  test("not while enough accelerators make a fastest path short enough, whatever the mean", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[20, 90]], deadlineNs: 20 },
        { id: "b", layersNs: [[90, 20]], deadlineNs: 20 },
      ],
      accelerators: 2,
    };
    expect(dropped(world)).toEqual([]);
  });
  test("once before each dispatch: of three hopeless jobs the worst, then the next", () => {
    const tasks = [...hopelessPair, { id: "c", layersNs: [50], deadlineNs: 30 }];
    // 0: c goes, then a runs (50 / 40); at 50 b alone is late.
    expect(ends({ tasks })).toEqual([
      [0, "c#0", "policy"],
      [50, "a#0", "done"],
      [50, "b#0", "late"],
    ]);
    // With two accelerators a second dispatch follows at once, but then b alone waits.
    expect(ends({ tasks, accelerators: 2 })).toEqual([
      [0, "c#0", "policy"],
      [50, "a#0", "done"],
      [50, "b#0", "done"],
    ]);
  });
  test("also one that has started, with what it has spent", () => {
    const tasks: SmallTask[] = [
      { id: "a", layersNs: [20, 50], deadlineNs: 60 },
      { id: "b", layersNs: [60], atNs: [10], deadlineNs: 69 },
    ];
    // 20: a 50 / 40, b 60 / 59.
    const { jobs } = run({ tasks }, dreamSmartdrop);
    expect(jobs[0]).toMatchObject({ taskIndex: 0, dropReason: "policy", dropNs: 20, energyPj: 20 });
  });
  test("the longest of several without any slack", () => {
    const tasks: SmallTask[] = [
      { id: "w", layersNs: [30], deadlineNs: 30 },
      { id: "a", layersNs: [10], atNs: [1], deadlineNs: 20 },
      { id: "b", layersNs: [15], atNs: [1], deadlineNs: 25 },
    ];
    // 30: a is 9 ns late, b 4: both divide by epsilon.
    expect(dropped({ tasks }, { lateDrop: false })).toEqual([[30, "b#0", "policy"]]);
  });
});

/** p and a cannot meet their deadlines, frame after frame; a needs more of its slack, and a task depends on p. */
const frames = (count: number): readonly SmallTask[] => {
  const atNs = Array.from({ length: count }, (_, frame) => frame * 1000);
  return [
    { id: "p", layersNs: [50], atNs, deadlineNs: 40 },
    { id: "child", layersNs: [1], release: { kind: "after", taskIndexes: [0], probability: 0 } },
    { id: "a", layersNs: [60], atNs, deadlineNs: 40 },
  ];
};

test("a job whose task others depend on is never dropped, however hopeless", () => {
  const tasks = frames(1).map((task) => (task.id === "p" ? { ...task, deadlineNs: 1 } : task));
  expect(dropped({ tasks })).toEqual([[0, "a#0", "policy"]]);
});

describe("of the last frames of a task, the one to drop included, no more are dropped than the limit:", () => {
  test.each([
    [{}, [0, 1, 10, 11]],
    [{ dropLimit: 1 }, [0, 10]],
    [{ dropWindow: 3, dropLimit: 1 }, [0, 3, 6, 9, 12]],
    [{ dropWindow: 3, dropLimit: 2 }, [0, 1, 3, 4, 6, 7, 9, 10, 12]],
    [{ dropWindow: 1, dropLimit: 1 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ dropLimit: 0 }, []],
  ])("%j", (given, expected) => {
    const names = expected.map((frame) => [frame * 1000, `a#${frame}`, "policy"]);
    expect(dropped({ tasks: frames(13) }, given)).toEqual(names);
  });
  test("a frame that was too late to start counts", () => {
    const [p, child, a] = frames(2) as [SmallTask, SmallTask, SmallTask];
    const w: SmallTask = { id: "w", layersNs: [100], atNs: [0] };
    const tasks = [{ ...p, atNs: [1000] }, child, { ...a, atNs: [10, 1000] }, w];
    const limit = { dropLimit: 1 };
    expect(ends({ tasks }, limit).filter(([, name]) => name.startsWith("a"))[0]).toEqual([100, "a#0", "late"]);
    expect(dropped({ tasks }, limit)).toEqual([]);
    expect(dropped({ tasks }, { ...limit, lateDrop: false })).toEqual([[1000, "a#1", "policy"]]);
  });
  test("a frame that went with its parent counts", () => {
    const [p, child] = frames(2) as [SmallTask, SmallTask];
    const tasks: SmallTask[] = [
      { ...p, atNs: [1005] },
      child,
      { id: "w", layersNs: [100], atNs: [0] },
      { id: "q", layersNs: [10], atNs: [10, 1000], deadlineNs: 40 },
      { id: "a", layersNs: [60], release: { kind: "after", taskIndexes: [3], probability: 1 }, deadlineNs: 60 },
    ];
    // 100: q#0 is late and takes a#0 along. 1010: p 50 > 35, a#1 60 > 50.
    expect(ends({ tasks }, { dropLimit: 1 }).slice(0, 3)).toEqual([
      [100, "w#0", "done"],
      [100, "q#0", "late"],
      [100, "a#0", "parent"],
    ]);
    expect(dropped({ tasks }, { dropLimit: 1 })).toEqual([]);
    expect(dropped({ tasks }, { dropLimit: 2 })).toEqual([[1010, "a#1", "policy"]]);
  });
});

test.each([
  [1, ["c#0", "b#0"]],
  [2, ["c#0"]],
  [3, ["c#0"]],
  [4, []],
])("minHopeless=%d jobs have to be hopeless", (minHopeless, names) => {
  const tasks = [...hopelessPair, { id: "c", layersNs: [50], deadlineNs: 30 }];
  // On two accelerators: c, 50 / 30; a starts; then b is hopeless alone.
  expect(dropped({ tasks, accelerators: 2 }, { minHopeless }).map(([, name]) => name)).toEqual(names);
});
