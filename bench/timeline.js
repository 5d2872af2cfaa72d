#!/usr/bin/env node
// How long a page takes to draw a timeline of 100 000 slices after each step of zooming and moving, in Chromium.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const SLICES = 100_000;
const executablePath = process.env.RTMM_CHROMIUM ?? "/usr/bin/chromium";

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pageUrl());
  await page.evaluate((slices) => window.testPage.show(window.testPage.largeTimeline(slices)), SLICES);
  const times = (await page.evaluate(interact)).sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  console.log(`${SLICES} slices, ${times.length} interactions, ms until the next frame`);
  console.log(`median ${at(0.5)}, 90 % ${at(0.9)}, most ${at(1)}`);
} finally {
  await browser.close();
}

/** Zooms in by a fifth at a time, each time elsewhere, then moves. Runs in the page. */
async function interact() {
  const { timeline } = window.testPage;
  const { fromNs, toNs } = timeline.view;
  const lengthNs = toNs - fromNs;
  const times = [];
  const show = async (share, length) => {
    const startNs = fromNs + (lengthNs - length) * share;
    const begun = performance.now();
    timeline.zoomTo({ fromNs: startNs, toNs: startNs + length });
    await new Promise((drawn) => requestAnimationFrame(drawn));
    times.push(performance.now() - begun);
  };
  for (let step = 0; step < 60; step += 1) await show(((step * 7) % 11) / 11, lengthNs * 0.8 ** step);
  for (let step = 0; step < 40; step += 1) await show(step / 40, lengthNs * 0.7);
  return times;
}

/** The page of the tests, as a file. */
function pageUrl() {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, "test/browser/timeline-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const styles = ["common/theme.css", "timeline/timeline.css"].map((file) =>
    readFileSync(join(root, "src/web", file), "utf8"),
  );
  const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
  const path = join(mkdtempSync(join(tmpdir(), "rtmm-")), "timeline.html");
  writeFileSync(path, `<!doctype html><style>${styles.join("\n")}</style><main></main><script>${script}</script>`);
  return pathToFileURL(path).href;
}
