/** The timeline in a real browser: it draws, zooms, filters, and opens jobs by pointer and keyboard. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, inkOf, launch, openPage, START_TIMEOUT_MS, type Watched } from "./browser.ts";
import { bundledPage } from "./bundled-page.ts";
import type {} from "./timeline-page.ts";

const styles = ["src/web/common/theme.css", "src/web/timeline/timeline.css"];
const canvas = ".timeline-chart canvas";

describe.skipIf(!hasBrowser)("a timeline in a browser", () => {
  let browser: Browser;
  let url: string;
  let watched: Watched;

  beforeAll(async () => {
    [url, browser] = await Promise.all([bundledPage("test/browser/timeline-page.ts", styles), launch()]);
    watched = await openPage(browser, url);
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    expect(watched.faults).toEqual([]);
    await browser.close();
  });

  const viewMs = async (): Promise<readonly number[]> => {
    const { fromNs, toNs } = await watched.page.evaluate(() => ({ ...window.testPage.timeline.view }));
    return [fromNs, toNs].map((ns) => Math.round(ns / 1e3) / 1e3);
  };
  const whole = () => watched.page.keyboard.press("0");
  const opened = () => watched.page.evaluate(() => window.testPage.opened.splice(0));
  /** Where a moment of the small timeline is on the page while all of it is in view. */
  const spot = async (ms: number, row: number): Promise<readonly [x: number, y: number]> => {
    const [left, top] = await watched.page.locator(canvas).evaluate((each) => {
      const { x, y } = each.getBoundingClientRect();
      return [x, y];
    });
    const { x, width } = await watched.page.evaluate(() => window.testPage.axis());
    return [left! + x + (ms / 50) * width, top! + 6 + 38 * (row + 0.5)];
  };

  test("is drawn", async () => {
    expect(await inkOf(watched.page, canvas)).toBeGreaterThan(10_000);
    expect(await watched.page.locator(".timeline-range").textContent()).toBe("0 to 50 ms");
  });

  test("moves and zooms by keys", async () => {
    await watched.page.focus(".timeline-stage");
    await watched.page.keyboard.press("+");
    expect(await viewMs()).toEqual([12.5, 37.5]);
    await watched.page.keyboard.press("ArrowRight");
    expect(await viewMs()).toEqual([17.5, 42.5]);
    await watched.page.keyboard.press("End");
    expect(await viewMs()).toEqual([25, 50]);
    await watched.page.keyboard.press("Home");
    expect(await viewMs()).toEqual([0, 25]);
    await watched.page.keyboard.press("-");
    expect(await viewMs()).toEqual([0, 50]);
  });

  test("zooms at the pointer by Ctrl and the wheel, and moves by dragging", async () => {
    const { mouse, keyboard } = watched.page;
    const [x, y] = await spot(25, 0);
    await mouse.move(x, y);
    await keyboard.down("Control");
    await mouse.wheel(0, -400);
    await keyboard.up("Control");
    await expect.poll(async () => (await viewMs())[0]).toBeGreaterThan(1);
    const [fromMs, toMs] = await viewMs();
    expect((fromMs! + toMs!) / 2).toBeCloseTo(25, 0);
    await mouse.down();
    await mouse.move(x - 100, y, { steps: 5 });
    await mouse.up();
    await expect.poll(async () => (await viewMs())[0]).toBeGreaterThan(fromMs! + 1);
    expect(await opened()).toEqual([]);
    await watched.page.focus(".timeline-stage");
    await whole();
  });

  test("tells of the slice below the pointer, with names from files as text", async () => {
    await watched.page.mouse.move(...(await spot(20, 0)));
    const tip = await watched.page.locator(".timeline-tip").innerText();
    for (const part of ["beta<b>#0", "late by 4.000 ms", "0 to 1", "30.000 ms", "26.000 ms", "20.00 mJ"])
      expect(tip).toContain(part);
    await watched.page.mouse.move(...(await spot(35, 1)));
    expect(await watched.page.locator(".timeline-tip").isVisible()).toBe(false);
  });

  test("opens the job that is clicked, and the one whose miss is", async () => {
    await watched.page.mouse.click(...(await spot(45, 0)));
    expect(await opened()).toEqual([{ task: "alpha", job: 1 }]);
    await watched.page.mouse.click(...(await spot(30, 2)));
    expect(await opened()).toEqual([{ task: "beta<b>", job: 0 }]);
  });

  test("has its jobs in the order of Tab, and opens one by Enter", async () => {
    await watched.page.focus(".timeline-stage");
    const labels: (string | null)[] = [];
    for (let i = 0; i < 3; i += 1) {
      await watched.page.keyboard.press("Tab");
      labels.push(await watched.page.evaluate(() => document.activeElement!.getAttribute("aria-label")));
    }
    expect(labels).toEqual([
      "alpha#0, in time, 1.000 ms left",
      "beta<b>#0, late by 4.000 ms",
      "alpha#1, in time, 6.000 ms left",
    ]);
    await watched.page.keyboard.press("Enter");
    expect(await opened()).toEqual([{ task: "alpha", job: 1 }]);
  });

  test("shows only the tasks that are picked", async () => {
    const before = await inkOf(watched.page, canvas);
    const chip = watched.page.getByRole("button", { name: "beta<b>", exact: true });
    await chip.click();
    expect(await chip.getAttribute("aria-pressed")).toBe("true");
    await watched.page.mouse.click(...(await spot(45, 0)));
    expect(await opened()).toEqual([]);
    await chip.click();
    expect(await inkOf(watched.page, canvas)).toBe(before);
  });

  test("shows a hundred thousand slices, every miss marked, and no job's button too many", async () => {
    await watched.page.evaluate(() => window.testPage.show(window.testPage.largeTimeline(100_000)));
    expect(await watched.page.locator(".timeline-legend").innerText()).toMatch(/▲ \d+ late {2}✕ \d+ dropped/);
    expect(await watched.page.locator(".timeline-stop").count()).toBeLessThanOrEqual(40);
    const whole = await viewMs();
    await watched.page.focus(".timeline-stage");
    for (let i = 0; i < 8; i += 1) await watched.page.keyboard.press("+");
    const [fromMs, toMs] = await viewMs();
    expect(toMs! - fromMs!).toBeCloseTo(whole[1]! / 256, 1);
    expect(await inkOf(watched.page, canvas)).toBeGreaterThan(10_000);
    await watched.page.keyboard.press("m");
    expect((await opened())[0]).toMatchObject({ task: expect.any(String), job: expect.any(Number) });
  });

  test("has no buttons for misses where there are none", async () => {
    const buttons = watched.page.getByRole("button", { name: "Next miss" });
    expect(await buttons.isVisible()).toBe(true);
    await watched.page.evaluate(() => {
      const { small } = window.testPage;
      window.testPage.show({ ...small, jobs: { ...small.jobs, outcome: small.jobs.outcome.map(() => 0) } });
    });
    expect(await buttons.isVisible()).toBe(false);
  });

  test("takes dark colours", async () => {
    const before = await watched.page.locator(canvas).screenshot();
    await watched.page.evaluate(() => window.testPage.dark());
    expect(before.equals(await watched.page.locator(canvas).screenshot())).toBe(false);
  });
});
