/** The server of the playground: its own files, to this machine, and nothing else. */
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentPolicy } from "../../src/serving/page-files.ts";
import { openPageServer, type PageServer } from "../../src/serving/page-server.ts";
import { folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let server: PageServer;
const folder = folderWith({ "index.html": "<p>hello", "main.js": "1", "play.css": "a{}", "icon.svg": "<svg/>" });

beforeAll(async () => {
  server = await openPageServer({ folder, port: undefined, start: "/index.html#s1.x" });
});
afterAll(() => server.close());

/** As it is written: a client such as fetch would tidy up the path. */
function ask(path: string, { method = "GET", host }: { method?: string; host?: string } = {}): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let body = "";
      response.on("data", (part) => (body += part));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

test.each([
  ["/index.html", "text/html; charset=utf-8"],
  ["/main.js", "text/javascript; charset=utf-8"],
  ["/play.css", "text/css; charset=utf-8"],
  ["/icon.svg?again", "image/svg+xml"],
])("%s comes as %s, under a strict policy", async (path, type) => {
  const { status, headers } = await ask(path);
  expect(status).toBe(200);
  expect(headers).toMatchObject({ "content-type": type, "x-content-type-options": "nosniff" });
  expect(headers["content-security-policy"]).toBe(`${contentPolicy}; frame-ancestors 'self'`);
  expect(contentPolicy).not.toContain("unsafe");
});

test("/ leads to what is shown first", async () => {
  const { status, headers } = await ask("/");
  expect([status, headers.location]).toEqual([302, "/index.html#s1.x"]);
});

test("HEAD has no body", async () => {
  const { status, headers, body } = await ask("/index.html", { method: "HEAD" });
  expect([status, headers["content-length"], body]).toEqual([200, "8", ""]);
});

test.each(["/../page-server.ts", "/%2e%2e/x", "/..%2f..%2fetc/passwd", "//etc/passwd", "/nothing.js", "/constructor"])(
  "%s is not there",
  async (path) => expect((await ask(path)).status).toBe(404),
);

test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s is refused", async (method) => {
  expect((await ask("/index.html", { method })).status).toBe(405);
});

test.each(["evil.example", "evil.example:8642", "127.0.0.1.evil.example", "localhost:1"])(
  "the name %j is refused: it may be another site's for this machine",
  async (host) => expect((await ask("/index.html", { host })).status).toBe(403),
);

test("localhost is this machine too", async () => {
  expect((await ask("/index.html", { host: `localhost:${new URL(server.url).port}` })).status).toBe(200);
});

describe("a port", () => {
  test("that is in use is refused if it was asked for, and else passed over", async () => {
    const { port } = new URL(server.url);
    const other = openPageServer({ folder, port: Number(port), start: "/" });
    await expect(other).rejects.toThrow(`cannot listen on port ${port}: it is in use`);
    const next = await openPageServer({ folder, port: undefined, start: "/" });
    expect(new URL(next.url).port).not.toBe(port);
    await next.close();
  });

  test("is free again after the server has closed", async () => {
    const first = await openPageServer({ folder, port: undefined, start: "/" });
    await first.close();
    const again = createServer();
    await new Promise<void>((resolve) => again.listen(Number(new URL(first.url).port), "127.0.0.1", resolve));
    again.close();
  });
});

test("the page has the policy in itself, for servers that send none", () => {
  const page = readFileSync(join(repository, "src/web/play/index.html"), "utf8");
  expect(page).toContain(`http-equiv="Content-Security-Policy" content="${contentPolicy}"`);
});
