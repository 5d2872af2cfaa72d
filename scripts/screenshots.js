// Takes the pictures in docs/images anew (npm run docs:images): a report and the playground, in Chromium (RTMM_CHROMIUM names
// another one than the usual).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "..");
const rtmm = join(root, "bin/rtmm.js");
const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.RTMM_CHROMIUM ?? paths.find((path) => existsSync(path));
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

const browser = await chromium.launch({ executablePath, args });
try {
  await reportPicture();
  await playgroundPicture();
} finally {
  await browser.close();
}

async function reportPicture() {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-screenshots-"));
  try {
    const { status, stderr } = spawnSync(process.execPath, [rtmm, "report", "ar-gaming", "-o", "report.html"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const page = await browser.newPage({ viewport: { width: 1180, height: 834 } });
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
    await take(page, "report.png");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function playgroundPicture() {
  const server = spawn(process.execPath, [rtmm, "play", "ar-gaming", "-s", "dream", "--no-open"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 880 } });
    await page.goto(await urlOf(server));
    await page.waitForSelector("body[data-shown-hash]");
    await barsIn(page);
    await page.getByLabel("all rates", { exact: true }).focus();
    while (!(await page.getByText("× 1.2", { exact: true }).isVisible())) await page.keyboard.press("ArrowRight");
    await barsIn(page);
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await take(page, "playground.png");
  } finally {
    server.kill("SIGINT");
  }
}

/** From the line in which `rtmm play` names it. */
async function urlOf({ stdout }) {
  let text = "";
  for await (const piece of stdout) {
    text += piece;
    const url = /http:\S+/.exec(text)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("rtmm play ended");
}

/** All of every scheduler's. */
async function barsIn(page) {
  await page.waitForFunction(
    () => document.querySelectorAll('.bar:not([data-state="fresh"]):not([data-state="none"])').length === 0,
  );
}

async function take(page, name) {
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(root, "docs/images", name) });
  process.stderr.write(`wrote docs/images/${name}\n`);
}
