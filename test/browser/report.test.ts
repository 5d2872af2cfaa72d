/** Reports in a real browser: nothing is loaded, nothing fails, everything is drawn and can be reached. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageText } from "../../src/files/page-file.ts";
import { packedJson } from "../../src/page/packed.ts";
import { packTimeline } from "../../src/page/packed-timeline.ts";
import type { Report } from "../../src/records/report.ts";
import { call } from "../cli/call.ts";
import { largeTimeline } from "../web/timeline/random-timeline.ts";
import { hasBrowser, inkOf, launch, openPage, START_TIMEOUT_MS, type Watched } from "./browser.ts";
import { hostileCheck, hostileComparison, hostileRun, hostileStory, hostileSweep, hostileTimeline } from "./hostile.ts";

const folder = mkdtempSync(join(tmpdir(), "rtmm-report-"));
const urlOf = (name: string): string => pathToFileURL(join(folder, name)).href;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

function written(name: string, report: Report, data: Readonly<Record<string, unknown>> = {}): string {
  const text = pageText("report", { title: report.title, description: "", data: { report, ...data } });
  writeFileSync(join(folder, name), text);
  return urlOf(name);
}

async function made(name: string, argv: readonly string[]): Promise<void> {
  const { code, stderr } = await call(["report", ...argv, "-o", join(folder, name)]);
  if (code !== 0) throw new Error(stderr);
}

/** Rules of axe-core that a page breaks. Its policy allows no other script, so axe comes by the debugger. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(axe, "utf8"));
  const { violations: found } = await page.evaluate(() => (window as never as { axe: Axe }).axe.run());
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

const canvases = (page: Page) => page.locator(".figure-chart canvas");

describe.skipIf(!hasBrowser)("a report in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await Promise.all([
      made("run.html", ["ar-gaming"]),
      made("suite.html", ["vr-gaming", "ar-gaming"]),
      call(["compare", "vr-gaming", "ar-gaming", "-s", "fcfs,edf", "--seeds", "2", "-f", "json"]).then(({ stdout }) => {
        writeFileSync(join(folder, "comparison.json"), stdout);
        return made("comparison.html", [join(folder, "comparison.json")]);
      }),
    ]);
  }, START_TIMEOUT_MS);
  afterAll(() => browser?.close());

  const opened = async (name: string, options?: BrowserContextOptions): Promise<Watched> => {
    const watched = await openPage(browser, urlOf(name), options);
    await watched.page.waitForSelector("h1");
    return watched;
  };

  test.each(["run.html", "suite.html", "comparison.html"])(
    "%s loads nothing, logs nothing, and its figures have ink",
    async (name) => {
      const { page, faults, close } = await opened(name);
      const count = await canvases(page).count();
      expect(count).toBeGreaterThan(3);
      for (let i = 0; i < count; i += 1)
        expect(await inkOf(page, `.figure-chart canvas >> nth=${i}`)).toBeGreaterThan(300);
      expect(faults).toEqual([]);
      await close();
    },
  );

  test.each(["light", "dark"] as const)("breaks no rule of accessibility in %s colours", async (colorScheme) => {
    for (const name of ["run.html", "suite.html", "comparison.html"]) {
      const { page, close } = await opened(name, { colorScheme });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await violations(page)).toEqual([]);
      await close();
    }
  });

  test("says in its first lines who misses and why", async () => {
    const { page, close } = await opened("run.html");
    expect(await page.locator(".verdict").innerText()).toContain(
      "73 of 90 jobs miss their deadlines (60 late, 13 dropped)",
    );
    expect(await page.title()).toBe("ar-gaming: rtmm");
    await close();
  });

  test("tells the story of a job that is clicked, and of the next miss", async () => {
    const { page, faults, close } = await opened("run.html");
    expect(await page.locator(".job").getAttribute("data-job")).toBe("pd#3");
    expect(await page.locator(".job").innerText()).toContain("What would have saved it");
    const box = (await page.locator(".timeline-chart canvas").boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + 6 + 19);
    await expect.poll(() => page.locator(".job").getAttribute("data-job")).not.toBe("pd#3");
    expect(await page.locator(".job").innerText()).toContain("What happened");
    const before = await page.locator(".job").getAttribute("data-job");
    await page.getByRole("button", { name: "Next miss" }).click();
    await expect.poll(() => page.locator(".job").getAttribute("data-job")).not.toBe(before);
    expect(faults).toEqual([]);
    await close();
  });

  test("can be used by keyboard alone, and shows where the focus is", async () => {
    const { page, close } = await opened("run.html");
    const reached: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          const { outlineStyle, outlineWidth } = getComputedStyle(at!);
          const isVisible = outlineStyle !== "none" && outlineWidth !== "0px";
          return `${at!.getAttribute("aria-label") ?? at!.textContent}${isVisible ? "" : " (focus not visible)"}`;
        }),
      );
    }
    expect(reached).toContain("Switch to dark colours");
    expect(reached).toContain("Timeline of the run");
    expect(reached.filter((each) => each.endsWith("(focus not visible)"))).toEqual([]);
    await page.focus(".timeline-stop");
    await page.keyboard.press("Enter");
    const label = await page.locator(".timeline-stop").first().getAttribute("aria-label");
    expect(label).toContain(`${await page.locator(".job").getAttribute("data-job")},`);
    await close();
  });

  test("goes from light to dark and remembers it", async () => {
    const { page, faults, close } = await opened("run.html");
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe("light");
    const before = await canvases(page).first().screenshot();
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    expect(await theme()).toBe("dark");
    expect(before.equals(await canvases(page).first().screenshot())).toBe(false);
    await page.reload();
    await page.waitForSelector("h1");
    expect(await theme()).toBe("dark");
    expect(faults).toEqual([]);
    await close();
  });

  test("works where nothing can be stored", async () => {
    const { page, faults, close } = await opened("run.html");
    await page.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      }),
    );
    await page.reload();
    await page.waitForSelector("h1");
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(faults).toEqual([]);
    await close();
  });

  test.each(["run.html", "suite.html", "comparison.html"])("%s fits on a phone", async (name) => {
    const { page, close } = await opened(name, {
      viewport: { width: 375, height: 800 },
      isMobile: true,
      hasTouch: true,
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    await close();
  });

  test("prints in light colours, without controls, no wider than the paper", async () => {
    const { page, faults, close } = await opened("run.html", { colorScheme: "dark" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
    expect(await page.locator(".theme-switch").isVisible()).toBe(false);
    const widths = await page.locator("canvas").evaluateAll((all) => all.map((each) => each.clientWidth));
    expect(Math.max(...widths)).toBeLessThanOrEqual(680);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
    expect(faults).toEqual([]);
    await close();
  });

  test("gives its numbers as CSV", async () => {
    const { page, close } = await opened("run.html");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "All numbers as CSV: ar-gaming.csv" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("ar-gaming.csv");
    const text = readFileSync((await download.path())!, "utf8");
    expect(text.split("\n")[0]).toMatch(/^scenario,system,scheduler,/);
    expect(text).toContain("uxCost");
    await close();
  });

  test("of several scenarios shows the one that is picked", async () => {
    const { page, faults, close } = await opened("suite.html");
    expect(await page.locator(".run-title").innerText()).toBe("vr-gaming");
    await page.getByRole("button", { name: "ar-gaming", exact: true }).click();
    await expect.poll(() => page.locator(".run-title").innerText()).toBe("ar-gaming");
    expect(await inkOf(page, ".timeline-chart canvas")).toBeGreaterThan(5000);
    expect(faults).toEqual([]);
    await close();
  });

  test("names that are markup are text in every kind of report", async () => {
    const result = JSON.parse((await call(["run", "vr-gaming", "-f", "json"])).stdout);
    const parts = {
      "timeline-0": await packTimeline(hostileTimeline()),
      "stories-0": await packedJson([hostileStory()]),
    };
    const urls = [
      written("hostile-run.html", hostileRun(result), parts),
      written("hostile-comparison.html", hostileComparison()),
      written("hostile-sweep.html", hostileSweep()),
      written("hostile-check.html", hostileCheck()),
    ];
    for (const url of urls) {
      const { page, faults, close } = await openPage(browser, url);
      await page.waitForSelector("h1");
      expect(await page.locator("h1").innerText()).toContain("<script>window.hacked='title'</script>");
      if (url.includes("run")) await page.locator(".timeline-stop").first().click({ force: true });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await page.evaluate(() => (window as never as { hacked?: string }).hacked)).toBeUndefined();
      expect(await page.locator("img, main script").count()).toBe(0);
      expect(faults).toEqual([]);
      await close();
    }
  });

  test("holds a hundred thousand slices in less than 2.5 MB", async () => {
    const result = JSON.parse((await call(["run", "vr-gaming", "-f", "json"])).stdout);
    const verdict = { tone: "neutral", sentence: "Large.", more: [] } as const;
    const run = { result, verdict, stories: 0, explainCommand: "rtmm explain vr-gaming" };
    const report: Report = { kind: "runs", title: "large", verdict, command: "", rtmmVersion: "1", runs: [run] };
    const url = written("large.html", report, { "timeline-0": await packTimeline(largeTimeline(100_000)) });
    expect(readFileSync(join(folder, "large.html")).length).toBeLessThan(2_500_000 - 400_000);
    const { page, faults, close } = await openPage(browser, url);
    await page.waitForSelector("h1");
    expect(await inkOf(page, ".timeline-chart canvas")).toBeGreaterThan(10_000);
    expect(faults).toEqual([]);
    await close();
  });
});
