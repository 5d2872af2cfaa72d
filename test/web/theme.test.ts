import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Colors, darkColors, lightColors } from "../../src/figures/look.ts";
import { contrast } from "../../src/web/timeline/task-keys.ts";
import { repository } from "../repository.ts";

const css = readFileSync(join(repository, "src/web/common/theme.css"), "utf8");

function tokensOf(selector: string): Readonly<Record<string, string>> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0]!;
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, color]) => [name!, color!]));
}

test.each([
  [":root", lightColors],
  [':root[data-theme="dark"]', darkColors],
])("the styles of %s have the colours of the figures", (selector, colors: Colors) => {
  const { background, text, quietText, line, bad, good } = colors;
  expect(tokensOf(selector)).toMatchObject({ background, text, "quiet-text": quietText, line, bad, good });
});

test.each([":root", ':root[data-theme="dark"]'])(
  "the text of %s is readable on each of its backgrounds",
  (selector) => {
    const tokens = tokensOf(selector);
    for (const background of ["background", "raised"])
      for (const text of ["text", "quiet-text", "bad", "good"])
        expect(contrast(tokens[text]!, tokens[background]!)).toBeGreaterThanOrEqual(4.5);
  },
);
