/** The playground in a real browser. It needs dist/play/, which the build makes. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packed } from "../../src/playground/share.ts";
import { firstState, type PlayState } from "../../src/playground/state.ts";
import { openPageServer, type PageServer } from "../../src/serving/page-server.ts";
import { call, folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";
import { hasBrowser, inkOf, launch, openPage, type Watched } from "./browser.ts";

const folder = join(repository, "dist/play");
const axePath = join(repository, "node_modules/axe-core/axe.min.js");
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!hasBrowser)("the playground in a browser", () => {
  let browser: Browser;
  let server: PageServer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      openPageServer({ folder, port: undefined, start: "/index.html" }),
      launch(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const open = async (state: Partial<PlayState> = {}, options: BrowserContextOptions = {}): Promise<Watched> => {
    const fragment = await packed({ ...firstState, ...state });
    const url = `${server.url}index.html#${fragment}`;
    return openPage(browser, url, options, (other) => other.startsWith(server.url));
  };
  /** Ends the page, and looks at what went wrong on it. */
  const end = async ({ faults, close }: Watched): Promise<void> => {
    await close();
    expect(faults).toEqual([]);
  };
  const within = async (
    state: Partial<PlayState>,
    work: (page: Page) => Promise<void>,
    options = {},
  ): Promise<void> => {
    const watched = await open(state, options);
    await hashOf(watched.page);
    await work(watched.page);
    await end(watched);
  };
  const verdict = (page: Page) => page.locator("#verdict").innerText();

  test("shows the result of the command line, with every scheduler's bar and a picture", () =>
    within({}, async (page) => {
      expect(await hashOf(page)).toBe(await commandHash(page));
      await allBars(page);
      const { stdout } = await call(["run", "vr-gaming", "-s", "dream", "-f", "json"]);
      const bar = page.getByRole("button", { name: /^dream 0/ });
      expect(await bar.locator(".bar-value").innerText()).toBe(JSON.parse(stdout).metrics.uxCost.toPrecision(4));
      expect(await inkOf(page, ".timeline-chart canvas")).toBeGreaterThan(10_000);
    }));

  test("the longest name of a task leaves its numbers in sight", () => {
    const text = `name: mine\ndurationMs: 100\ntasks: [{ id: ${"long-".repeat(19)}name, model: ritnet, fps: 30 }]\n`;
    return within({ scenario: { name: "mine", text } }, async (page) => {
      const table = page.getByRole("region", { name: "by task" });
      const [box, jobs] = [await table.boundingBox(), await table.locator("td").first().boundingBox()];
      expect(jobs!.x + jobs!.width).toBeLessThan(box!.x + box!.width);
    });
  });

  test("runs again when a slider moves, with the hash of the command that it shows", () =>
    within({}, async (page) => {
      for (const label of ["all rates", "ht", "ws PEs", "memory bandwidth"]) {
        const before = await hashOf(page);
        await page.getByLabel(label, { exact: true }).focus();
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowRight");
        await settled(page);
        const hash = await hashOf(page);
        expect(hash).not.toBe(before);
        expect(hash).toBe(await commandHash(page));
      }
      await page.getByRole("button", { name: "Reset all sliders" }).click();
      await settled(page);
      expect(await page.locator("code.command").innerText()).toBe(
        "rtmm run vr-gaming --system hda-2-ws-os-4k --scheduler edf",
      );
    }));

  test("runs with another scheduler and its parameters", () =>
    within({}, async (page) => {
      await page.getByLabel("Scheduler", { exact: true }).selectOption("dream");
      await settled(page);
      await page.getByLabel("alpha", { exact: true }).focus();
      await page.keyboard.press("ArrowLeft");
      await settled(page);
      expect(await page.locator("code.command").innerText()).toMatch(/--scheduler dream --param alpha=/);
      expect(await hashOf(page)).toBe(await commandHash(page));
      await allBars(page);
      await page.locator(".bar", { hasText: "planaria" }).click();
      await settled(page);
      expect(await page.getByLabel("Scheduler", { exact: true }).inputValue()).toBe("planaria");
      expect(await hashOf(page)).toBe(await commandHash(page));
    }));

  test("marks a problem where it is, and goes there", () =>
    within({}, async (page) => {
      await page.getByRole("tab", { name: "scenario.yaml" }).click();
      await page.locator(".cm-content").waitFor();
      await page.locator(".cm-line", { hasText: "id: ht" }).click();
      await page.keyboard.press("Home");
      for (let i = 0; i < 9; i += 1) await page.keyboard.press("ArrowRight");
      await page.keyboard.type("x x");
      await page.locator(".problem").first().waitFor();
      const listed = await page.locator(".problem").first().innerText();
      const text = await page.evaluate(() =>
        [...document.querySelector("#panel-scenario .editor")!.shadowRoot!.querySelectorAll(".cm-line")]
          .map((line) => line.textContent)
          .join("\n"),
      );
      const { stderr } = await call(["validate", "scenario.yaml"], { cwd: folderWith({ "scenario.yaml": text }) });
      expect(stderr.replaceAll(/\s+/g, " ")).toContain(listed.replace(/^(\S+) /, "$1: ").replaceAll(/\s+/g, " "));
      expect(await page.locator(".cm-lintRange-error").count()).toBeGreaterThan(0);
      expect(await verdict(page)).toMatch(/problem/);
      await page.getByRole("button", { name: "Back to the built-in" }).click();
      await settled(page);
      expect(await page.locator(".problem").count()).toBe(0);
      expect(await hashOf(page)).toBe(await commandHash(page));
    }));

  test("proposes what the schema and the names allow", async () => {
    const text = "name: mine\ndurationMs: 100\ntasks:\n  - { id: a, fps: 30,  }\n";
    const watched = await open({ scenario: { name: "mine", text } });
    const { page } = watched;
    await page.getByRole("tab", { name: "scenario.yaml" }).click();
    await page.locator(".cm-line", { hasText: "id: a" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("mod");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "model" }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    await page.keyboard.type("ritn");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "ritnet" }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    await hashOf(page);
    expect(await verdict(page)).toContain("3 jobs");
    expect(await page.locator(".problem").count()).toBe(0);
    await end(watched);
  });

  test("explains the job that is clicked", () =>
    within({ scheduler: "fcfs" }, async (page) => {
      await page.locator(".timeline-stage").focus();
      await page.keyboard.press("m");
      await page.locator(".story-title").waitFor({ timeout: 30_000 });
      const title = await page.locator(".story-title").innerText();
      expect(title).toMatch(/^\w+#\d+ with fcfs, seed 1: (late by|dropped)/);
      const [, task, job] = /^(\w+)#(\d+)/.exec(title)!;
      const { stdout } = await call(["explain", "vr-gaming", "-s", "fcfs", "--task", task!, "--job", job!]);
      expect(stdout).toContain(title);
    }));

  test("goes round by its link", async () => {
    const watched = await open({ seed: 3, rateScale: { es: 1.5 }, system: { name: "xr-soc-2" } });
    const hash = await hashOf(watched.page);
    const before = watched.page.url();
    await watched.page.getByLabel("ws PEs", { exact: true }).focus();
    await watched.page.keyboard.press("ArrowLeft");
    await settled(watched.page);
    await expect.poll(() => watched.page.url(), { timeout: 20_000 }).not.toBe(before);
    const [url, moved] = [watched.page.url(), await hashOf(watched.page)];
    expect(moved).not.toBe(hash);
    await end(watched);
    const again = await openPage(browser, url, {}, (other) => other.startsWith(server.url));
    expect(await hashOf(again.page)).toBe(moved);
    await end(again);
  });

  test("says so if a link is damaged, and shows names in it as text", async () => {
    const watched = await openPage(browser, `${server.url}index.html#s1.nonsense`, {}, (url) =>
      url.startsWith(server.url),
    );
    await watched.page.locator(".toast").waitFor();
    expect(await watched.page.locator(".toast").innerText()).toContain("cannot be read");
    await end(watched);
    const evil = "<img src=x onerror=alert(1)>";
    const text = `name: a\ntitle: "${evil}"\ndurationMs: 50\ntasks:\n  - { id: "${evil}", model: ritnet, fps: 30 }\n`;
    const other = await open({ scenario: { name: evil, text } });
    await other.page.locator(".problem").first().waitFor();
    expect(await other.page.locator("img").count()).toBe(1);
    expect(await other.page.locator(".problem").first().innerText()).toContain("<img");
    await end(other);
  });

  test("stops a run that never ends, and stays responsive", async () => {
    const text = "name: endless\ndurationMs: 1000000000\ntasks:\n  - { id: a, model: kws-res8, fps: 900 }\n";
    const watched = await open({ scenario: { name: "endless", text } });
    await watched.page.getByText(/was stopped after/).waitFor({ timeout: 30_000 });
    await watched.page.getByLabel("Scenario", { exact: true }).selectOption("ar-gaming");
    await watched.page.waitForSelector("body[data-shown-hash]", { timeout: 30_000 });
    await end(watched);
  });

  test("has no fault that axe knows, in light, dark and on a phone, with an editor open", async () => {
    for (const options of [{}, { colorScheme: "dark" }, phone] as const) {
      await within(
        { scheduler: "fcfs" },
        async (page) => {
          await allBars(page);
          expect(await axeFaults(page)).toEqual([]);
          await page.getByRole("tab", { name: "system.yaml" }).click();
          await page.locator(".cm-content").waitFor();
          expect(await axeFaults(page)).toEqual([]);
        },
        options,
      );
    }
  });

  test("runs from any server, under any path", async () => {
    const other = createServer((request, response) => {
      const name = request.url!.replace("/deep/below/", "").split("?", 1)[0]!;
      const types: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
      response.setHeader("Content-Type", types[name.split(".").at(-1)!] ?? "text/html");
      response.end(readFileSync(join(folder, name === "" ? "index.html" : name)));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(other.address() as { port: number }).port}/deep/below/`;
    const watched = await openPage(browser, base, {}, (url) => url.startsWith(base));
    expect(await hashOf(watched.page)).toBe(await commandHash(watched.page));
    await end(watched);
    other.close();
  });

  test("fits a phone: nothing is wider than the screen", () =>
    within(
      {},
      async (page) => {
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(inner).toBeLessThanOrEqual(outer!);
      },
      phone,
    ));
});

async function hashOf(page: Page): Promise<string> {
  await page.waitForSelector("body[data-shown-hash]", { timeout: 30_000 });
  return page.evaluate(() => document.body.dataset.shownHash!);
}

/** Waits until what the controls say is shown. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.body.dataset.busy === undefined, undefined, { timeout: 30_000 });
}

async function allBars(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelectorAll('.bar:not([data-state="fresh"]):not([data-state="none"])').length === 0,
    undefined,
    { timeout: 60_000 },
  );
}

/** Of the command that the page shows, run as a shell would. */
async function commandHash(page: Page): Promise<string> {
  const command = await page.locator("code.command").innerText();
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const { stdout } = await call([...words.slice(1), "-f", "json"]);
  return JSON.parse(stdout).resultHash;
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(axePath, "utf8"));
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
    );
  });
  return violations;
}
