/** A real browser for tests. Where none is installed, the tests are left out with a message. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.RTMM_CHROMIUM ?? paths.find((path) => existsSync(path));

export const hasBrowser = executablePath !== undefined;

if (!hasBrowser)
  console.warn(
    "The tests in a browser are left out: there is no Chromium. Install it, or set RTMM_CHROMIUM to its path.",
  );

/** A browser on a machine with much else to do. */
export const START_TIMEOUT_MS = 120_000;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync"],
    ],
  });

/** A page, and what went wrong on it: errors on its console, uncaught ones, and requests for other files than its own. */
export interface Watched {
  readonly page: Page;
  readonly faults: readonly string[];
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  isOwn: (other: string) => boolean = (other) => other === url,
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const other = request.url();
    if (!isOwn(other) && !other.startsWith("data:") && !other.startsWith("blob:")) faults.push(`request: ${other}`);
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** Number of pixels of a canvas that are not transparent. */
export const inkOf = (page: Page, selector: string): Promise<number> =>
  page.locator(selector).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    // A copy, because reading a canvas makes the browser draw it in another way from then on.
    const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(canvas as HTMLCanvasElement, 0, 0);
    const pixels = pen.getImageData(0, 0, width, height).data;
    let ink = 0;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i]! > 0) ink += 1;
    return ink;
  });
