// Times of the playground in a browser: from opening the page to the first result, and from a moved slider to the
// picture. Prints medians; docs/playground.md has them. Needs dist/ (npm run build) and Chromium.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { openPageServer } from "../dist/serving/page-server.js";

const COLD_STARTS = 9;
const MOVES = 60;
const folder = join(dirname(fileURLToPath(import.meta.url)), "../dist/play");
const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.RTMM_CHROMIUM ?? paths.find((path) => existsSync(path));
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const bytes = readdirSync(folder).map((name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
console.log(`all files, compressed: ${(bytes.reduce((sum, each) => sum + each, 0) / 1000).toFixed(0)} kB`);

const server = await openPageServer({ folder, port: undefined, start: "/index.html" });
const cold = [];
for (let i = 0; i < COLD_STARTS; i += 1) cold.push(await coldStart());
console.log(`first result on a cold load: ${median(cold).toFixed(0)} ms (median of ${COLD_STARTS})`);

const browser = await chromium.launch({ executablePath, args });
for (const scenario of ["vr-gaming", "ar-gaming"]) {
  for (const slider of ["rates", "system_accelerators_0__pes"]) {
    const times = await sliderTimes(scenario, slider);
    const median50 = median(times).toFixed(1);
    const slow = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)].toFixed(1);
    console.log(`${scenario}, slider ${slider}: ${median50} ms to the picture (median of ${MOVES}; p95 ${slow} ms)`);
  }
}
await browser.close();
await server.close();

/** In a fresh browser, whose caches are empty; from the start of the navigation. */
async function coldStart() {
  const fresh = await chromium.launch({ executablePath, args });
  const page = await fresh.newPage();
  await page.goto(server.url);
  const ms = await page.evaluate(async () => {
    const seen = () => document.body.dataset.shownHash !== undefined;
    while (!seen()) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now();
  });
  await fresh.close();
  return ms;
}

async function sliderTimes(scenario, slider) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(server.url);
  await page.waitForSelector("body[data-shown-hash]");
  await page.getByLabel("Scenario", { exact: true }).selectOption(scenario);
  await page.waitForFunction(() => document.body.dataset.busy === undefined);
  await page.waitForTimeout(1500);
  const times = await page.evaluate(
    async ({ id, moves }) => {
      const input = document.getElementById(id);
      const found = [];
      for (let i = 0; i < moves; i += 1) {
        const before = document.body.dataset.shownHash;
        // Back and forth over a dozen steps, as a hand would.
        input.value = String(Number(input.value) + (Math.floor(i / 6) % 2 === 0 ? 1 : -1));
        const start = performance.now();
        input.dispatchEvent(new Event("input"));
        while (document.body.dataset.shownHash === before || document.body.dataset.busy !== undefined)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        // The picture is on the screen after this frame.
        await new Promise((resolve) => setTimeout(resolve));
        found.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      return found;
    },
    { id: `knob-${slider}`, moves: MOVES },
  );
  await page.close();
  return times;
}
