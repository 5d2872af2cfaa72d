/** Who runs when: the newest state first, nothing for ever, explanations before bars. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Background } from "../../src/playground/background.ts";
import { Foreground, type Shown } from "../../src/playground/foreground.ts";
import type { Ask, Numbered, Reply } from "../../src/playground/protocol.ts";
import { Seat, Stopped, type WorkerLike } from "../../src/playground/seat.ts";
import { firstState, type PlayState } from "../../src/playground/state.ts";

/** A worker that answers when it is told to. */
class FakeWorker implements WorkerLike {
  static all: FakeWorker[] = [];
  onmessage: ((event: { readonly data: Reply }) => void) | null = null;
  onerror: ((event: { readonly message?: string }) => void) | null = null;
  asked: Numbered<Ask>[] = [];
  isEnded = false;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: Numbered<Ask>): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  async reply(answer: unknown): Promise<void> {
    this.onmessage?.({ data: { kind: "answer", id: this.asked.at(-1)!.id, answer } as Reply });
    await vi.advanceTimersByTimeAsync(0);
  }
}

const make = (): FakeWorker => new FakeWorker();
const seeded = (seed: number): PlayState => ({ ...firstState, seed });
const newest = (): FakeWorker => FakeWorker.all.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWorker.all = [];
});
afterEach(() => void vi.useRealTimers());

describe("what is shown", () => {
  const shown: Shown[] = [];
  const foreground = (): Foreground => {
    shown.length = 0;
    return new Foreground(new Seat(make), { budgetMs: 1000, patienceMs: 100, show: (each) => void shown.push(each) });
  };
  const asked = (): number[] => newest().asked.map((ask) => (ask.kind === "run" ? ask.state.seed : -1));

  test("is the newest state: those between are left out", async () => {
    const runs = foreground();
    for (const seed of [1, 2, 3]) runs.run(seeded(seed));
    expect(asked()).toEqual([1]);
    await newest().reply("first");
    expect(asked()).toEqual([1, 3]);
    await newest().reply("third");
    expect(shown.map(({ kind, state }) => [kind, state.seed])).toEqual([
      ["answer", 1],
      ["answer", 3],
    ]);
  });

  test("does not wait long for a run that nobody wants any more", async () => {
    const runs = foreground();
    runs.run(seeded(1));
    const first = newest();
    await vi.advanceTimersByTimeAsync(500);
    runs.run(seeded(2));
    await vi.advanceTimersByTimeAsync(99);
    expect(first.isEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(first.isEnded).toBe(true);
    expect(asked()).toEqual([2]);
    expect(shown).toEqual([]);
  });

  test("says so when a run takes longer than its budget, and runs again", async () => {
    const runs = foreground();
    runs.run(seeded(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toEqual([{ kind: "stopped", state: seeded(1) }]);
    expect(FakeWorker.all.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    runs.run(seeded(2));
    await newest().reply("second");
    expect(shown.at(-1)).toMatchObject({ kind: "answer", state: { seed: 2 } });
  });

  test("says so when the worker breaks, and starts another one", async () => {
    const runs = foreground();
    runs.run(seeded(1));
    newest().onerror?.({ message: "out of memory" });
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toEqual([{ kind: "broken", state: seeded(1), message: "out of memory" }]);
    expect(FakeWorker.all).toHaveLength(2);
  });
});

describe("in the background", () => {
  const bars: string[] = [];
  const background = (): Background => {
    bars.length = 0;
    const showBar = (name: string, metrics: object | undefined): void =>
      void bars.push(metrics === undefined ? `${name}: none` : name);
    return new Background(new Seat(make), { budgetMs: 1000, patienceMs: 100, showBar });
  };
  const metrics = { kind: "metrics", metrics: {} };

  test("bars come one by one, in their order", async () => {
    background().bars(seeded(1), ["edf", "dream"]);
    await newest().reply(metrics);
    await newest().reply({ kind: "message", message: "no" });
    expect(bars).toEqual(["edf", "dream: none"]);
  });

  test("bars of an older state are not made any more, nor shown", async () => {
    const work = background();
    work.bars(seeded(1), ["edf", "dream"]);
    work.bars(seeded(2), ["llf"]);
    await newest().reply(metrics);
    expect(bars).toEqual([]);
    await newest().reply(metrics);
    expect(bars).toEqual(["llf"]);
  });

  test("bars wait while something is to be shown", async () => {
    const work = background();
    work.isPaused = true;
    work.bars(seeded(1), ["edf"]);
    expect(newest().asked).toEqual([]);
    work.isPaused = false;
    await newest().reply(metrics);
    expect(bars).toEqual(["edf"]);
  });

  test("an explanation comes before the bars that are left, and takes the place of an older one", async () => {
    const work = background();
    work.bars(seeded(1), ["edf", "dream"]);
    const older = work.explain(seeded(1), { task: "a", job: 0 }).catch((error: unknown) => error);
    const newer = work.explain(seeded(1), { task: "a", job: 1 });
    expect(await older).toBeInstanceOf(Stopped);
    await newest().reply(metrics);
    expect(newest().asked.at(-1)).toMatchObject({ kind: "explain", job: 1 });
    await newest().reply("explained");
    expect(await newer).toBe("explained");
    expect(newest().asked.at(-1)).toMatchObject({ kind: "bar", scheduler: "dream" });
  });

  test("a bar that takes too long is ended, and the next one made", async () => {
    background().bars(seeded(1), ["edf", "dream"]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(bars).toEqual(["edf: none"]);
    await newest().reply(metrics);
    expect(bars).toEqual(["edf: none", "dream"]);
  });
});
