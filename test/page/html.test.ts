import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { embeddedJson, escaped, pageHtml } from "../../src/page/html.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

test("text becomes text, whatever it has of markup", () => {
  expect(escaped(`<b class="x">'&`)).toBe("&lt;b class=&quot;x&quot;&gt;&#39;&amp;");
});

test("embedded JSON cannot end its element or begin a comment in it", () => {
  const evil = { name: "</script><script>alert(1)</script><!--" };
  expect(embeddedJson(evil)).not.toContain("<");
  expect(JSON.parse(embeddedJson(evil))).toEqual(evil);
});

test("a page allows its own script and styles, by their hashes, and nothing else", () => {
  const html = pageHtml({
    title: "</title><script>alert(1)</script>",
    description: '"><script>alert(2)</script>',
    script: "run()",
    styles: "p{}",
    data: { facts: ["</script>"] },
    sha256,
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src 'sha256-${sha256("run()")}'`);
  expect(policy).toContain(`style-src 'sha256-${sha256("p{}")}'`);
  expect(policy).not.toContain("unsafe");
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toContain("<script>alert");
});
